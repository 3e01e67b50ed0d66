package io.stagedoor.proxy.credential.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stagedoor.proxy.credential.SecretSource;
import io.stagedoor.proxy.directory.testing.TestClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VaultSecretTest {

    private static final VaultTimes TIMES =
            new VaultTimes(Duration.ofMinutes(5), Duration.ofHours(1));

    private final TestClock clock = new TestClock();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String value = "one";
    private final VaultSecret secret =
            new VaultSecret("keyvault:https://v/secrets/s", this::answer, TIMES, clock);

    private SecretSource.Value answer() {
        asked.incrementAndGet();
        if (value.isEmpty()) {
            throw new IllegalStateException("inner-host says no, hunter2");
        }
        return new SecretSource.Value(value, Optional.empty());
    }

    @Test
    void isNotAskedForAgainWhileItIsFresh() {
        secret.read();
        clock.advance(Duration.ofMinutes(5).minusMillis(1));

        assertThat(secret.read().text()).isEqualTo("one");
        assertThat(asked).hasValue(1);
    }

    @Test
    void isRenewedInTheBackgroundWhileTheOldOneIsUsed() {
        secret.read();
        value = "two";
        clock.advance(Duration.ofMinutes(5));

        assertThat(secret.read().text()).isEqualTo("one");
        await().atMost(Duration.ofSeconds(60)).until(() -> secret.read().text().equals("two"));
    }

    @Test
    void isUsedUpToItsGreatestAgeWhileTheVaultIsDown() {
        secret.read();
        value = "";
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(secret.read().text()).isEqualTo("one");
        clock.advance(Duration.ofMinutes(1));

        assertThatThrownBy(secret::read)
                .hasMessage(
                        "the secret `keyvault:https://v/secrets/s` cannot be read: the vault's"
                                + " answer cannot be read");
    }

    @Test
    void isReadAgainAtOnceWhenItIsRefused() {
        secret.read();
        value = "two";
        clock.advance(VaultSecret.COOL_DOWN);

        secret.refused();

        assertThat(secret.read().text()).isEqualTo("two");
    }

    @Test
    void isNotAskedForAtTheRateOfRefusals() {
        secret.read();
        for (int i = 0; i < 100; i++) {
            secret.refused();
            secret.read();
        }

        assertThat(asked).hasValue(1);
    }

    @Test
    void vaultThatIsDownIsNotAskedAtTheRateOfRequests() {
        value = "";
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(secret::read).hasMessageNotContaining("hunter2");
        }

        assertThat(asked).hasValue(1);
        clock.advance(VaultSecret.COOL_DOWN);
        value = "one";
        assertThat(secret.read().text()).isEqualTo("one");
    }
}
