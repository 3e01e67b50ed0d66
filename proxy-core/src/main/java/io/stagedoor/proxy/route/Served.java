package io.stagedoor.proxy.route;

import io.stagedoor.policy.scope.NameFold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The services that one host or path prefix leads to: one, or several that are told apart by the
 * resource that a request's path begins with. Immutable.
 */
final class Served {

    private final List<String> services;
    private final Map<List<String>, List<String>> byResource;
    private final int longest;

    private Served(List<String> services, Map<List<String>, List<String>> byResource) {
        this.services = List.copyOf(services);
        this.byResource = Map.copyOf(byResource);
        this.longest = byResource.keySet().stream().mapToInt(List::size).max().orElse(0);
    }

    /**
     * Joins the rules that claim the same name.
     *
     * @throws IllegalArgumentException if they cannot be told apart
     */
    static Served of(String name, List<RouteRule> rules) {
        List<String> services = rules.stream().map(RouteRule::service).toList();
        Map<List<String>, List<String>> byResource = new LinkedHashMap<>();
        for (RouteRule rule : rules) {
            List<String> resource = folded(rule.resourceSegments());
            boolean taken = byResource.put(resource, List.of(rule.service())) != null;
            if (taken || (resource.isEmpty() && rules.size() > 1)) {
                throw claimedTwice(name, rules);
            }
        }
        byResource.remove(List.<String>of());
        return new Served(services, byResource);
    }

    static IllegalArgumentException claimedTwice(String name, List<RouteRule> rules) {
        return new IllegalArgumentException(
                rules.stream()
                        .map(RouteRule::service)
                        .collect(
                                Collectors.joining(
                                        "` and `",
                                        "`" + name + "` is claimed by the routes of both `",
                                        "`")));
    }

    /**
     * Returns the services that may answer a request with such a path: the one whose resource it
     * begins with, else all, since the request is about none of them alone.
     */
    List<String> find(List<String> segments) {
        if (longest == 0) {
            return services;
        }
        List<String> begin = folded(segments.subList(0, Math.min(longest, segments.size())));
        for (int length = begin.size(); length > 0; length--) {
            List<String> found = byResource.get(begin.subList(0, length));
            if (found != null) {
                return found;
            }
        }
        return services;
    }

    private static List<String> folded(List<String> segments) {
        List<String> folded = new ArrayList<>(segments.size());
        segments.forEach(segment -> folded.add(NameFold.foldAscii(segment)));
        return folded;
    }
}
