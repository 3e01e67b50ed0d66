package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.upstream.Upstream;
import java.time.Duration;
import java.util.Map;

/**
 * The upstream of one workspace, as exchanges use it.
 *
 * @param upstream the connections to it
 * @param host what the audit record calls it
 * @param identity the identity that the proxy has there, by kind and id; never a credential
 * @param rules how its answers are passed on
 * @param tunnels how long a tunnel may last, by the name of its operation
 */
public record Service(
        Upstream upstream,
        String host,
        String identity,
        AnswerRules rules,
        Map<String, Duration> tunnels) {

    /** Copies the tunnels. */
    public Service {
        tunnels = Map.copyOf(tunnels);
    }

    /** Returns how long a tunnel of this operation may last. */
    Duration lifetimeOf(String operation) {
        Duration lifetime = tunnels.get(operation);
        if (lifetime == null) {
            throw new IllegalStateException("`" + operation + "` is no tunnel");
        }
        return lifetime;
    }
}
