package io.stagedoor.proxy.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.config.value.Secret;
import io.stagedoor.proxy.cli.oauth.ClientRegistration;
import io.stagedoor.proxy.cli.oauth.TokenAnswer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileStoreTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Profile FULL =
            new Profile(
                    "https://issuer.example",
                    Optional.of(Path.of("/ca.pem")),
                    new ClientRegistration(
                            "cli", List.of("a", "b"), Optional.of("aud"), Optional.of("urn:r")),
                    Optional.of(
                            new ProxyAddress(
                                    URI.create("https://ws.example/p"),
                                    Optional.of(Path.of("/proxy.pem")))),
                    Optional.empty());

    @TempDir Path folder;

    @Test
    void aProfileIsReadAsItWasWritten() {
        ProfileStore store = ProfileStore.in(folder.resolve("home"));
        HeldTokens tokens = tokens("access", Duration.ofHours(1), Optional.of("refresh"));

        store.write("work", FULL.with(tokens));
        Profile read = store.read("work").orElseThrow();
        store.write("work", FULL.withoutTokens());

        assertThat(read.withoutTokens()).isEqualTo(FULL);
        assertThat(read.tokens().orElseThrow().accessToken().reveal()).isEqualTo("access");
        assertThat(read.tokens().orElseThrow().refreshToken().orElseThrow().reveal())
                .isEqualTo("refresh");
        assertThat(read.tokens().orElseThrow().expires()).isEqualTo(NOON.plusSeconds(3600));
        assertThat(read.toString()).doesNotContain("access\"", "refresh\"");
        assertThat(store.read("work")).contains(FULL);
        assertThat(store.read("play")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../x", "a/b", "A", ".hidden", "a b"})
    void aNameNeverLeavesTheFolder(String name) {
        ProfileStore store = ProfileStore.in(folder.resolve("home"));

        assertThatThrownBy(() -> store.read(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.write(name, FULL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{}",
                "{\"form\":2}",
                "{\"form\":1,\"issuer\":\"i\"}",
                "{\"form\":1,\"issuer\":\"i\",\"clientId\":\"c\",\"tokens\":{\"accessToken\":\"s3cr\","
                        + "\"obtained\":\"never\",\"expires\":\"never\"}}"
            })
    void aFileThatIsNoProfileIsNamedAndNotRepeated(String text) {
        ProfileStore store = ProfileStore.in(folder.resolve("home"));
        store.home().folder("profiles").write("x.json", text);

        assertThatThrownBy(() -> store.read("x"))
                .isInstanceOf(UnusableStoreException.class)
                .hasMessageContaining("x.json")
                .hasMessageNotContaining("s3cr");
    }

    @ParameterizedTest
    @CsvSource({
        "PT1H, PT0S, false",
        "PT1H, PT54M59S, false",
        "PT1H, PT55M, true",
        "PT5M, PT3M59S, false",
        "PT5M, PT4M, true",
        "PT0S, PT0S, true",
        "PT1H, PT-1S, true"
    })
    void aTokenIsNearItsEndInTheLastFifthButNeverMoreThanFiveMinutes(
            Duration lifetime, Duration age, boolean near) {
        HeldTokens tokens = tokens("a", lifetime, Optional.empty());

        assertThat(tokens.isNearItsEnd(NOON.plus(age))).isEqualTo(near);
    }

    @Test
    void anIssuerThatGivesNoNewRefreshTokenGoesOnWithTheOld() {
        HeldTokens tokens = tokens("a", Duration.ZERO, Optional.of("old"));

        HeldTokens kept = tokens.renewed(answer("b", Optional.empty()), NOON);
        HeldTokens changed = tokens.renewed(answer("b", Optional.of("new")), NOON);

        assertThat(kept.refreshToken().orElseThrow().reveal()).isEqualTo("old");
        assertThat(changed.refreshToken().orElseThrow().reveal()).isEqualTo("new");
    }

    private static HeldTokens tokens(String access, Duration lifetime, Optional<String> refresh) {
        return new HeldTokens(
                Secret.of(access),
                NOON,
                NOON.plus(lifetime),
                refresh.map(Secret::of),
                Optional.of("ada"));
    }

    private static TokenAnswer answer(String access, Optional<String> refresh) {
        return new TokenAnswer(
                Secret.of(access), Duration.ofHours(1), refresh.map(Secret::of), Optional.empty());
    }
}
