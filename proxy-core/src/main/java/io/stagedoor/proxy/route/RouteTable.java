package io.stagedoor.proxy.route;

import io.stagedoor.proxy.http.Authority;
import io.stagedoor.proxy.http.CanonicalTarget;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All routes: host first, and where no route owns the host, the longest path prefix on whole
 * segments.
 *
 * <p>Hosts are compared exactly but for case, ports not at all. Immutable and safe for any thread; a
 * look-up costs one hash for the host and at most one for each segment of the longest prefix.
 */
public final class RouteTable {

    private final Map<String, RouteRule> byHost;
    private final Map<List<String>, RouteRule> byPrefix;
    private final int longestPrefix;

    private RouteTable(Map<String, RouteRule> byHost, Map<List<String>, RouteRule> byPrefix) {
        this.byHost = byHost;
        this.byPrefix = byPrefix;
        this.longestPrefix = byPrefix.keySet().stream().mapToInt(List::size).max().orElse(0);
    }

    /**
     * Makes the table.
     *
     * @throws IllegalArgumentException if two rules claim the same host, or prefixes that differ at
     *     most in case
     */
    public static RouteTable of(Collection<RouteRule> rules) {
        Map<String, RouteRule> byHost = new HashMap<>();
        Map<List<String>, RouteRule> byPrefix = new HashMap<>();
        Map<String, RouteRule> claimed = new HashMap<>();
        for (RouteRule rule : rules) {
            rule.hosts().forEach(host -> claim(byHost, host, rule));
            rule.pathPrefix()
                    .ifPresent(
                            prefix -> {
                                claim(claimed, prefix.toLowerCase(Locale.ROOT), rule);
                                byPrefix.put(rule.prefixSegments(), rule);
                            });
        }
        return new RouteTable(Map.copyOf(byHost), Map.copyOf(byPrefix));
    }

    private static void claim(Map<String, RouteRule> claimed, String name, RouteRule rule) {
        RouteRule other = claimed.putIfAbsent(name, rule);
        if (other != null) {
            throw new IllegalArgumentException(
                    "`"
                            + name
                            + "` is claimed by the routes of both `"
                            + other.workspace()
                            + "` and `"
                            + rule.workspace()
                            + "`");
        }
    }

    /**
     * Finds the route of a request.
     *
     * @throws RefusedException {@code no_route}
     */
    public Route match(RequestHead head) throws RefusedException {
        return match(head.authority(), head.target());
    }

    /**
     * Finds the route for an authority and a target.
     *
     * @throws RefusedException {@code no_route}
     */
    public Route match(Authority authority, CanonicalTarget target) throws RefusedException {
        String base = "https://" + authority;
        RouteRule owner = byHost.get(authority.host());
        if (owner != null) {
            return new Route(owner.workspace(), target, base);
        }
        List<String> segments = target.segments();
        for (int length = Math.min(longestPrefix, segments.size()); length > 0; length--) {
            RouteRule rule = byPrefix.get(segments.subList(0, length));
            if (rule != null) {
                return new Route(
                        rule.workspace(),
                        target.withPrefixStripped(length),
                        base + rule.pathPrefix().orElse(""));
            }
        }
        throw RefusedException.of(
                Code.NO_ROUTE,
                "no workspace is served under this host and path",
                "use the host name or path prefix that your platform team published");
    }
}
