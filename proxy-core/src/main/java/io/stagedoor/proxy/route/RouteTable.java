package io.stagedoor.proxy.route;

import io.stagedoor.proxy.http.Authority;
import io.stagedoor.proxy.http.CanonicalTarget;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All routes: host first, and where no route owns the host, the longest path prefix on whole
 * segments.
 *
 * <p>Hosts are compared exactly but for case, ports not at all. Immutable and safe for any thread; a
 * look-up costs one hash for the host and at most one for each segment of the longest prefix.
 */
public final class RouteTable {

    private final Map<String, Served> byHost;
    private final Map<List<String>, Served> byPrefix;
    private final int longestPrefix;

    private RouteTable(Map<String, Served> byHost, Map<List<String>, Served> byPrefix) {
        this.byHost = byHost;
        this.byPrefix = byPrefix;
        this.longestPrefix = byPrefix.keySet().stream().mapToInt(List::size).max().orElse(0);
    }

    /**
     * Makes the table.
     *
     * @throws IllegalArgumentException if two rules claim the same host, or prefixes that differ at
     *     most in case, and their resources do not tell them apart
     */
    public static RouteTable of(Collection<RouteRule> rules) {
        Map<String, List<RouteRule>> hosts = new LinkedHashMap<>();
        Map<String, List<RouteRule>> prefixes = new LinkedHashMap<>();
        for (RouteRule rule : rules) {
            rule.hosts().forEach(host -> claim(hosts, host, rule));
            rule.pathPrefix()
                    .ifPresent(prefix -> claim(prefixes, prefix.toLowerCase(Locale.ROOT), rule));
        }
        Map<String, Served> byHost = new HashMap<>();
        hosts.forEach((host, claimed) -> byHost.put(host, Served.of(host, claimed)));
        Map<List<String>, Served> byPrefix = new HashMap<>();
        prefixes.forEach(
                (prefix, claimed) ->
                        byPrefix.put(prefixOf(prefix, claimed), Served.of(prefix, claimed)));
        return new RouteTable(Map.copyOf(byHost), Map.copyOf(byPrefix));
    }

    private static void claim(Map<String, List<RouteRule>> claimed, String name, RouteRule rule) {
        claimed.computeIfAbsent(name, _ -> new ArrayList<>()).add(rule);
    }

    private static List<String> prefixOf(String folded, List<RouteRule> claimed) {
        Set<List<String>> spellings =
                claimed.stream().map(RouteRule::prefixSegments).collect(Collectors.toSet());
        if (spellings.size() > 1) {
            throw Served.claimedTwice(folded, claimed);
        }
        return claimed.getFirst().prefixSegments();
    }

    /**
     * Finds the routes that a request may take: one, or each of those that share a name when the
     * request is about none of their resources. The order is that of the rules.
     *
     * @throws RefusedException {@code no_route}
     */
    public List<Route> match(RequestHead head) throws RefusedException {
        return match(head.authority(), head.target());
    }

    /**
     * Finds the routes for an authority and a target.
     *
     * @throws RefusedException {@code no_route}
     */
    public List<Route> match(Authority authority, CanonicalTarget target) throws RefusedException {
        String base = "https://" + authority;
        Served served = byHost.get(authority.host());
        if (served != null) {
            return routes(served, target, base);
        }
        List<String> segments = target.segments();
        for (int length = Math.min(longestPrefix, segments.size()); length > 0; length--) {
            List<String> prefix = segments.subList(0, length);
            Served below = byPrefix.get(prefix);
            if (below != null) {
                return routes(
                        below,
                        target.withPrefixStripped(length),
                        base + '/' + String.join("/", prefix));
            }
        }
        throw RefusedException.of(
                Code.NO_ROUTE,
                "no service is reached under this host and path",
                "use the host name or path prefix that your platform team published");
    }

    private static List<Route> routes(Served served, CanonicalTarget target, String base) {
        List<String> services = served.find(target.segments());
        return services.size() == 1
                ? List.of(new Route(services.getFirst(), target, base))
                : services.stream().map(service -> new Route(service, target, base)).toList();
    }
}
