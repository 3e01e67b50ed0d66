package io.stagedoor.proxy;

import io.stagedoor.proxy.exchange.Service;
import java.util.Map;
import java.util.Optional;

/**
 * What the work at a site is made with.
 *
 * @param parts what each service is read with
 * @param upstreams the connections to each
 * @param foundation what does not depend on the configuration
 */
record SiteTools(
        Map<String, ServiceParts> parts, Map<String, Service> upstreams, Foundation foundation) {

    ServiceParts partsOf(String name) {
        return Optional.ofNullable(parts.get(name))
                .orElseThrow(() -> new IllegalStateException("no parts of `" + name + "`"));
    }
}
