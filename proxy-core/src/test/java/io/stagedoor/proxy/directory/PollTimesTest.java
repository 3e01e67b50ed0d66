package io.stagedoor.proxy.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollTimesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RefreshOutcome LOADED = new RefreshOutcome.Loaded("id", 1);

    private final PollTimes times = new PollTimes(MINUTE, new Random(7));

    @Test
    void neverWaitsLongerThanTheIntervalAfterSuccess() {
        assertThat(IntStream.range(0, 1000).mapToObj(_ -> times.after(LOADED, 0)))
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofSeconds(54), MINUTE));
    }

    @Test
    void doesNotWaitTheSameTimeTwice() {
        assertThat(IntStream.range(0, 20).mapToObj(_ -> times.after(LOADED, 0)).distinct().count())
                .isGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource({"1, PT1S", "2, PT2S", "3, PT4S", "6, PT32S", "7, PT1M", "1000, PT1M"})
    void backsOffUpToTheInterval(int failures, Duration longest) {
        Duration wait = times.after(failed(Optional.empty()), failures);

        assertThat(wait).isBetween(longest.multipliedBy(9).dividedBy(10), longest);
    }

    @ParameterizedTest
    @CsvSource({"PT1.5S, PT1.5S", "PT5M, PT5M", "PT3H, PT10M"})
    void heedsTheWorkspaceWithinReason(Duration asked, Duration waited) {
        assertThat(times.after(failed(Optional.of(asked)), 1)).isEqualTo(waited);
    }

    @Test
    void knowsAFailureThatNobodyCounted() {
        assertThat(times.after(failed(Optional.empty()), 0))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(1));
    }

    private static RefreshOutcome failed(Optional<Duration> retryAfter) {
        return new RefreshOutcome.Failed("why", retryAfter);
    }
}
