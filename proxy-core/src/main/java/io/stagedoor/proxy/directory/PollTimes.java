package io.stagedoor.proxy.directory;

import java.time.Duration;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * When a workspace is read next.
 *
 * <p>After success at the poll interval, or up to a tenth of it sooner, so that many proxies and
 * workspaces do not ask in step while the interval stays an upper bound. After failures at one
 * second, then at twice the last distance each time, up to the poll interval; later if the workspace
 * asked for it, but never later than ten minutes.
 *
 * @param interval the poll interval
 * @param random the source of the jitter; need not be secure
 */
record PollTimes(Duration interval, RandomGenerator random) {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 20;

    /** Returns how long to wait after an outcome that was the so-many-th failure in a row. */
    Duration after(RefreshOutcome outcome, int failures) {
        return switch (outcome) {
            case RefreshOutcome.Loaded _ -> sooner(interval);
            case RefreshOutcome.Failed failed ->
                    longest(
                            sooner(backOff(failures)),
                            shortest(failed.retryAfter().orElse(Duration.ZERO), LONGEST_PATIENCE));
        };
    }

    private Duration backOff(int failures) {
        int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
        return shortest(FIRST_RETRY.multipliedBy(1L << doublings), interval);
    }

    private Duration sooner(Duration duration) {
        return duration.minus(Duration.ofMillis(random.nextLong(duration.toMillis() / 10 + 1)));
    }

    private static Duration shortest(Duration one, Duration other) {
        return Stream.of(one, other).min(Comparator.naturalOrder()).orElse(one);
    }

    private static Duration longest(Duration one, Duration other) {
        return Stream.of(one, other).max(Comparator.naturalOrder()).orElse(one);
    }
}
