package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.upstream.Upstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The upstream of one workspace, as exchanges use it.
 *
 * @param upstream the connections to it
 * @param host what the audit record calls it
 * @param identity the identity that the proxy has there, by kind and id; never a credential
 * @param names the https URLs under which it names itself in links
 * @param tunnels how long a tunnel may last, by the name of its operation
 */
public record Service(
        Upstream upstream,
        String host,
        String identity,
        List<URI> names,
        Map<String, Duration> tunnels) {

    /** Copies the names and the tunnels. */
    public Service {
        names = List.copyOf(names);
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
