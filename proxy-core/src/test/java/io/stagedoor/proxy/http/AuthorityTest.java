package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stagedoor.proxy.refusal.RefusedException;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {

    @ParameterizedTest
    @CsvSource({
        "ws1.dev.example, ws1.dev.example, 0",
        "WS1.Dev.Example, ws1.dev.example, 0",
        "ws1:443, ws1, 443",
        "a:65535, a, 65535",
        "127.0.0.1:8443, 127.0.0.1, 8443",
        "[::1], [::1], 0",
        "[2001:DB8::A]:1, [2001:db8::a], 1",
        "x--y.z9, x--y.z9, 0",
    })
    void foldsHostAndReadsPort(String text, String host, int port) throws RefusedException {
        Authority authority = Authority.parse(text);

        assertThat(authority.host()).isEqualTo(host);
        assertThat(authority.port())
                .isEqualTo(port == 0 ? OptionalInt.empty() : OptionalInt.of(port));
        assertThat(authority).hasToString(port == 0 ? host : host + ":" + port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a ",
                "a.",
                ".a",
                "a..b",
                "-a",
                "a-",
                "a_b",
                "a/b",
                "a\\b",
                "a?b",
                "a#b",
                "u@a",
                "a,b",
                "a:",
                "a:0",
                "a:65536",
                "a:+1",
                "a:1:2",
                "a:x",
                "a:123456",
                "[::1",
                "::1",
                "[::1]x",
                "[fe80::1%25eth0]",
                "[]",
                "a%2e",
                "\u0130",
                "\u212a",
                "a:\u0661",
            })
    void refusesEverythingElse(String text) {
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> Authority.parse(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {253, 254})
    void boundsTheLengthOfAName(int length) throws RefusedException {
        String name = "a".repeat(length);

        if (length <= 253) {
            assertThat(Authority.parse(name).host()).hasSize(length);
        } else {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> Authority.parse(name));
        }
    }
}
