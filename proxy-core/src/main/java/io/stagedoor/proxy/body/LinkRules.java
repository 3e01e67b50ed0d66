package io.stagedoor.proxy.body;

import io.stagedoor.policy.operation.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is done with the addresses in a service's answers that no client follows by itself.
 *
 * @param endpoints what stands in the place of the addresses in {@code connectivityEndpoints}, by
 *     member, for example {@code sql}; those without one stay as they are
 * @param stripsLogs whether the links to Spark's own pages and logs are taken out: they lead to hosts
 *     that the proxy does not stand before
 */
public record LinkRules(Map<String, String> endpoints, boolean stripsLogs) {

    /** Leaves all of them as they are but the address of the development endpoint. */
    public static final LinkRules USUAL = new LinkRules(Map.of(), false);

    private static final String DEVELOPMENT = "dev";
    private static final Set<String> WITH_LOGS = Set.of("sparkBatch", "sparkSession");

    /** Copies the map. */
    public LinkRules {
        endpoints = Map.copyOf(endpoints);
    }

    /** Returns what stands in the place of an endpoint: the development endpoint is the route itself. */
    Optional<String> endpoint(String member, String base) {
        return member.equals(DEVELOPMENT)
                ? Optional.of(base)
                : Optional.ofNullable(endpoints.get(member));
    }

    boolean stripsLogsOf(Operation operation) {
        return stripsLogs && WITH_LOGS.contains(operation.kind());
    }
}
