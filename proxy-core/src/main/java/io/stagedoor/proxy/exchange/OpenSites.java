package io.stagedoor.proxy.exchange;

import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.serverinfo.ServerInfos;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Tableau sites whose clients may ask, before they sign in, what the server is: {@code Server
 * Info}, which Tableau answers to anybody. Immutable and safe for any thread.
 *
 * @param byHost what each site's server is, by the host names in lower case that lead to the site
 * @param byPrefix the same by path prefixes, by their segments
 * @param hosts all host names, in lower case, that lead to some service: no prefix counts there
 */
public record OpenSites(
        Map<String, ServerInfos> byHost,
        Map<List<String>, ServerInfos> byPrefix,
        Set<String> hosts) {

    private static final int LENGTH = 3;
    private static final String OPERATION = "server_info";

    /** Copies all three. */
    public OpenSites {
        byHost = Map.copyOf(byHost);
        byPrefix = Map.copyOf(byPrefix);
        hosts = Set.copyOf(hosts);
    }

    /**
     * Returns what answers a request that shows no credential and asks what a server is; nothing if it
     * is another request. Whoever shows a credential takes the ordinary way.
     */
    Optional<ServerInfos> askedBy(RequestHead head) {
        List<String> segments = head.target().segments();
        int prefix = segments.size() - LENGTH;
        if (prefix < 0 || showsCredential(head)) {
            return Optional.empty();
        }
        return site(head, segments.subList(0, prefix))
                .filter(_ -> asks(head, segments.subList(prefix, segments.size())));
    }

    private Optional<ServerInfos> site(RequestHead head, List<String> prefix) {
        String host = head.authority().host();
        if (hosts.contains(host)) {
            return prefix.isEmpty() ? Optional.ofNullable(byHost.get(host)) : Optional.empty();
        }
        return Optional.ofNullable(byPrefix.get(prefix));
    }

    private static boolean showsCredential(RequestHead head) {
        return head.fields().has("authorization") || head.fields().has("x-tableau-auth");
    }

    private static boolean asks(RequestHead head, List<String> segments) {
        return !head.framing().hasBody()
                && !head.opensTunnel()
                && OperationCatalogue.tableau()
                        .resolve(head.method(), segments)
                        .filter(matched -> matched.operation().name().equals(OPERATION))
                        .isPresent();
    }
}
