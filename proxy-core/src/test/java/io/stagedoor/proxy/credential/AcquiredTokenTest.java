package io.stagedoor.proxy.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.directory.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcquiredTokenTest {

    private static final Instant NOW = TestClock.START;

    @ParameterizedTest
    @CsvSource({
        "PT24H,  PT19H12M",
        "PT1H,   PT48M",
        "PT25M,  PT20M",
        "PT15M,  PT10M",
        "PT10M,  PT5M",
        "PT6M,   PT3M",
        "PT1M,   PT30S"
    })
    void isRenewedAFifthOfItsLifeAheadButFiveMinutesAtLeastAndNeverInItsFirstHalf(
            Duration life, Duration renewedAfter) {
        assertThat(token(life).renewAt()).isEqualTo(NOW.plus(renewedAfter));
    }

    @ParameterizedTest
    @CsvSource({"PT1H, PT30S", "PT5M, PT30S", "PT1M, PT6S", "PT10S, PT1S"})
    void isGivenUpALittleBeforeItsExpiry(Duration life, Duration margin) {
        Instant end = NOW.plus(life).minus(margin);

        assertThat(token(life).usableAt(end.minusNanos(1))).isTrue();
        assertThat(token(life).usableAt(end)).isFalse();
    }

    @Test
    void isAskedForEverSoonerWhileItsSourceGivesTheSameAgain() {
        Instant expiresAt = NOW.plus(Duration.ofHours(24));
        Instant now = NOW;
        int asked = 0;
        while (Duration.between(now, expiresAt).compareTo(Duration.ofMinutes(5)) > 0) {
            now = AcquiredToken.of(UpstreamCredential.bearer("x", expiresAt), now).renewAt();
            asked++;
        }

        assertThat(asked).isLessThan(8);
        assertThat(now).isBefore(expiresAt.minus(Duration.ofMinutes(1)));
    }

    private static AcquiredToken token(Duration life) {
        return AcquiredToken.of(UpstreamCredential.bearer("x", NOW.plus(life)), NOW);
    }
}
