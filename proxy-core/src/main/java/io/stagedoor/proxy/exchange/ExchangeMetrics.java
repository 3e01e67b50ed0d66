package io.stagedoor.proxy.exchange;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times exchanges as {@code stagedoor_exchange_seconds}, and answers that were withheld.
 *
 * <p>Labels are bounded: route, operation (a catalogue name), decision code and status; never the
 * name of a person or a thing. What matched no route or operation is labelled {@code none}.
 */
public final class ExchangeMetrics implements ExchangeObserver {

    private record Labels(String route, String operation, String code, int status) {}

    private final MeterRegistry registry;
    private final Map<Labels, Timer> timers = new ConcurrentHashMap<>();

    /** Makes an observer that writes to the registry. */
    public ExchangeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void ended(ExchangeSummary summary) {
        Labels labels =
                new Labels(
                        summary.route().orElse("none"),
                        summary.operation().orElse("none"),
                        summary.code(),
                        summary.status());
        timers.computeIfAbsent(labels, this::timer).record(summary.duration());
    }

    /** Counts as {@code stagedoor_foreign_locations_total}. */
    @Override
    public void foreignLocation(String service, String place) {
        Counter.builder("stagedoor.foreign.locations")
                .description("answers withheld because a link in them leads round the proxy")
                .tag("service", service)
                .tag("field", place)
                .register(registry)
                .increment();
    }

    private Timer timer(Labels labels) {
        return Timer.builder("stagedoor.exchange")
                .description("exchanges, from the head of the request to the end of the answer")
                .tag("route", labels.route())
                .tag("operation", labels.operation())
                .tag("decision", labels.code())
                .tag("status", Integer.toString(labels.status()))
                .register(registry);
    }
}
