package io.stagedoor.proxy.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrincipalRatesTest {

    private static final PrincipalId ALICE = new PrincipalId("tenant", "alice");
    private static final PrincipalId BOB = new PrincipalId("tenant", "bob");

    @Test
    void refusesOneMoreThanTheBurstWithTheTimeUntilTheNext() throws RefusedException {
        PrincipalRates rates = new PrincipalRates(Optional.of(new RateLimit(1, 2)));

        rates.take(ALICE);
        rates.take(ALICE);

        assertThatThrownBy(() -> rates.take(ALICE))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(Code.RATE_LIMITED);
                            assertThat(refused.refusal().retryAfter().orElseThrow())
                                    .isPositive()
                                    .isLessThanOrEqualTo(Duration.ofSeconds(1));
                        });
    }

    @Test
    void countsEachPrincipalOnItsOwn() throws RefusedException {
        PrincipalRates rates = new PrincipalRates(Optional.of(new RateLimit(1, 1)));

        rates.take(ALICE);
        rates.take(BOB);

        assertThatThrownBy(() -> rates.take(BOB)).isInstanceOf(RefusedException.class);
    }

    @Test
    void refusesNobodyWithoutALimit() throws RefusedException {
        PrincipalRates rates = new PrincipalRates(Optional.empty());

        for (int i = 0; i < 10_000; i++) {
            rates.take(ALICE);
        }

        assertThat(rates).isNotNull();
    }
}
