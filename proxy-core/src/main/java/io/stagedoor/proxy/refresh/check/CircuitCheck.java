package io.stagedoor.proxy.refresh.check;

import io.stagedoor.proxy.refresh.Finding;
import io.stagedoor.proxy.refresh.SourceCheck;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the proxy itself reaches a service.
 *
 * @param service its configured name
 * @param state tells how the service fares now; empty if there is no such service
 */
public record CircuitCheck(String service, Supplier<Optional<State>> state) implements SourceCheck {

    /**
     * How a service fares.
     *
     * @param healthy how many of its addresses get connections
     * @param open whether nothing is sent at all, since nothing answered
     */
    public record State(long healthy, boolean open) {}

    @Override
    public String name() {
        return "circuit " + service;
    }

    @Override
    public Finding look() {
        Optional<State> now = state.get();
        if (now.isEmpty()) {
            return Finding.unknown("the service is not configured");
        }
        if (now.get().open()) {
            return Finding.unwell("circuit open: nothing answered");
        }
        String healthy = now.get().healthy() + " of its addresses healthy";
        return now.get().healthy() > 0 ? Finding.well(healthy) : Finding.unwell(healthy);
    }
}
