package io.stagedoor.proxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stagedoor.proxy.directory.groups.GroupListener;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts and times what directories are asked ({@code stagedoor_groups_lookup_seconds}, by outcome),
 * and counts the requests whose groups were older than they should be, or unknown ({@code
 * stagedoor_groups_degraded_total}). Safe for use by any thread.
 */
final class GroupMetrics implements GroupListener {

    private final MeterRegistry registry;

    GroupMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onAsked(String directory, Outcome outcome, Duration took) {
        Timer.builder("stagedoor.groups.lookup")
                .description(
                        "look-ups of one principal's groups in a directory, by what came of it")
                .tag("directory", directory)
                .tag("outcome", word(outcome))
                .register(registry)
                .record(took);
    }

    @Override
    public void onDegraded(String directory, Shortcoming shortcoming) {
        Counter.builder("stagedoor.groups.degraded")
                .description("requests with groups older than they should be, or unknown")
                .tag("directory", directory)
                .tag("groups", word(shortcoming))
                .register(registry)
                .increment();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
