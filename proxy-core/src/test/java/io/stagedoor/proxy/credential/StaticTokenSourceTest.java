package io.stagedoor.proxy.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticTokenSourceTest {

    private static final CredentialDemand DEMAND = CredentialDemand.ofProxy("ws1");

    private final TestClock clock = new TestClock();

    @Test
    void readsTheFileAgainAndTakesTheNewToken(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("token");
        Files.writeString(file, "first\n");
        try (UpstreamCredentials credentials = of(() -> read(file))) {
            assertThat(value(credentials)).isEqualTo("Bearer first");
            Files.writeString(file, "second\n");

            credentials.renewDue();
            assertThat(value(credentials)).isEqualTo("Bearer first");
            clock.advance(StaticTokenSource.READ_EVERY);
            credentials.renewDue();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> value(credentials).equals("Bearer second"));
        }
    }

    @Test
    void usesWhatItReadForAWhileWhenTheFileGoesAway(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("token");
        Files.writeString(file, "first");
        try (UpstreamCredentials credentials = of(() -> read(file))) {
            value(credentials);
            Files.delete(file);
            clock.advance(StaticTokenSource.READ_EVERY);
            credentials.renewDue();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> credentials.health().getFirst().failures() > 0);

            assertThat(value(credentials)).isEqualTo("Bearer first");
            clock.advance(StaticTokenSource.TRUSTED_FOR);

            assertThatThrownBy(() -> value(credentials)).isInstanceOf(RefusedException.class);
            assertThat(credentials.health().getFirst().lastFailure().orElseThrow())
                    .startsWith("the configured secret could not be read");
        }
    }

    @Test
    void trustsWhatItReadForFiveMinutes() throws Exception {
        AcquiredToken token = new StaticTokenSource(() -> "abc", clock).acquire(DEMAND);

        assertThat(token.credential().expiresAt())
                .isEqualTo(TestClock.START.plus(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a.b-c_d~e+f/g==", "  padded \n"})
    void takesWhatABearerTokenMayBe(String text) throws Exception {
        AcquiredToken token = new StaticTokenSource(() -> text, clock).acquire(DEMAND);

        assertThat(token.credential().value()).isEqualTo("Bearer " + text.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "a\r\nX-Evil: 1", "tok\u0000en", "töken", "=a"})
    void refusesWhatNoBearerTokenMayBeAndDoesNotRepeatIt(String text) {
        StaticTokenSource source = new StaticTokenSource(() -> text, clock);

        assertThatThrownBy(() -> source.acquire(DEMAND))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessage(
                        "the configured secret is not a bearer token (RFC 6750): it is empty or"
                                + " holds a character that none may hold");
    }

    private UpstreamCredentials of(Supplier<String> token) {
        return UpstreamCredentials.builder(clock)
                .add("ws1", new CredentialSource.StaticBearer(token), TokenAuthority.publicCloud())
                .build();
    }

    private static String value(UpstreamCredentials credentials) throws RefusedException {
        return credentials.credentialFor(DEMAND).value();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
