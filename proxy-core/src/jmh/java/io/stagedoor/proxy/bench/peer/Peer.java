package io.stagedoor.proxy.bench.peer;

import io.stagedoor.proxy.bench.client.Scenario;
import io.stagedoor.proxy.bench.client.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A proxy that is measured, running.
 *
 * @param endpoints where it listens; one that is not there is not offered
 * @param startup from the start of its process for plain HTTP until it had answered a request
 */
public record Peer(PeerKind kind, Map<Wire, Endpoint> endpoints, Duration startup)
        implements AutoCloseable {

    /** Copies its endpoints. */
    public Peer {
        endpoints = Map.copyOf(endpoints);
    }

    /**
     * A port, and who listens there.
     *
     * @param port on loopback
     */
    public record Endpoint(PinnedProcess process, int port) {}

    /** Returns the name in tables and files. */
    public String name() {
        return kind.label();
    }

    /** Returns where the requests of a scenario go, if it takes part in it. */
    public Optional<Endpoint> endpoint(Scenario scenario) {
        return kind.takesPartIn(scenario)
                ? Optional.ofNullable(endpoints.get(scenario.wire()))
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        for (Endpoint endpoint : endpoints.values()) {
            endpoint.process().close();
        }
    }
}
