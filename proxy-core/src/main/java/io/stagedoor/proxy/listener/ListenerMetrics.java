package io.stagedoor.proxy.listener;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what the listener turns away as {@code stagedoor_listener_refused_total}, by reason. */
public final class ListenerMetrics implements ListenerObserver {

    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    /** Makes an observer that writes to the registry. */
    public ListenerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void refused(String reason) {
        counters.computeIfAbsent(reason, this::counter).increment();
    }

    private Counter counter(String reason) {
        return Counter.builder("stagedoor.listener.refused")
                .description("connections and streams turned away before a decision")
                .tag("reason", reason)
                .register(registry);
    }
}
