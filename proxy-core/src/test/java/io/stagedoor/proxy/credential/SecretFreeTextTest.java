package io.stagedoor.proxy.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretFreeTextTest {

    @Test
    void masksTheSecretWhereverItStands() {
        String text = of("got hunter2, expected not hunter2", "hunter2");

        assertThat(text).isEqualTo("got ****, expected not ****");
    }

    @Test
    void masksWhateverLooksLikeAToken() {
        String text = of("body: {\"access_token\":\"eyJhbGciOiJI.eyJzdWIiOiIx.c2ln-_\"}", "");

        assertThat(text).isEqualTo("body: {\"access_token\":\"****\"}");
    }

    @Test
    void makesOneLine() {
        assertThat(of("AADSTS1\r\nTrace ID: x\n\tTimestamp\u2028y", ""))
                .isEqualTo("AADSTS1 Trace ID: x Timestamp y");
    }

    @Test
    void cutsLongText() {
        assertThat(of("x".repeat(1000), "")).hasSize(403).endsWith("...");
    }

    @Test
    void saysSoWhenNothingWasSaid() {
        assertThat(SecretFreeText.of(new IllegalStateException(), Optional.empty()))
                .isEqualTo("no message");
    }

    private static String of(String message, String secret) {
        return SecretFreeText.of(new IllegalStateException(message), Optional.of(secret));
    }
}
