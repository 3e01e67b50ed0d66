package io.stagedoor.proxy.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {

    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    @Test
    void decodesWhatTheJdkEncodes() {
        Random random = new Random(20_260_301);

        for (int length = 0; length < 400; length++) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);

            assertThat(Base64Url.decode(text).orElseThrow()).isEqualTo(octets);
        }
    }

    @Test
    void everyShortSequenceOfOctetsHasExactlyOneText() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 64 * 64 * 64; i++) {
            String three = "" + letter(i) + letter(i >> 6) + letter(i >> 12);
            Base64Url.decode(three)
                    .ifPresent(
                            octets ->
                                    assertThat(seen.add((octets[0] << 8) | (octets[1] & 0xff)))
                                            .isTrue());
        }

        assertThat(seen).hasSize(1 << 16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AAAAA",
                "AB",
                "AAB",
                "AA==",
                "AAA=",
                "AA A",
                "AA\n",
                "A+AA",
                "A/AA",
                "AA.A",
                "\u00c1AAA",
                "\u0141AAA",
                "\uff21AAA"
            })
    void refusesEverythingElse(String text) {
        assertThat(Base64Url.decode(text)).isEmpty();
    }

    private static char letter(int value) {
        return ALPHABET.charAt(value & 63);
    }
}
