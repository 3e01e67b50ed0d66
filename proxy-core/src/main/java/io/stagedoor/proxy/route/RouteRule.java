package io.stagedoor.proxy.route;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names under which clients reach one service.
 *
 * @param service the configured name of the service
 * @param hosts host names without a port, compared without case; may be empty if there is a prefix
 * @param pathPrefix a path such as {@code /synapse/ws1} that leads to the service on any host that
 *     is no route's own: whole segments of letters, digits, hyphens, dots, underscores and tildes,
 *     compared with case
 * @param resource the resource id that the path of every request for the service begins with, if it
 *     shares its names with others that differ in it; compared without case (ASCII), as Azure
 *     Resource Manager does. Stays in the target
 */
public record RouteRule(
        String service, Set<String> hosts, Optional<String> pathPrefix, Optional<String> resource) {

    private static final Pattern PREFIX =
            Pattern.compile("(/[A-Za-z0-9_~-](?:[A-Za-z0-9._~-]*[A-Za-z0-9_~-])?)+");

    /**
     * Checks the prefix and folds the hosts' case.
     *
     * @throws IllegalArgumentException if there is neither host nor prefix, or the prefix is no
     *     plain path
     */
    public RouteRule {
        hosts =
                hosts.stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        if (hosts.isEmpty() && pathPrefix.isEmpty()) {
            throw new IllegalArgumentException(
                    "the route of `" + service + "` has neither a host nor a path prefix");
        }
        if (pathPrefix.filter(prefix -> !PREFIX.matcher(prefix).matches()).isPresent()) {
            throw new IllegalArgumentException(
                    "`" + pathPrefix.get() + "` is not a path prefix such as `/synapse/ws1`");
        }
    }

    /** Makes the rule of a service that shares its names with no other. */
    public RouteRule(String service, Set<String> hosts, Optional<String> pathPrefix) {
        this(service, hosts, pathPrefix, Optional.empty());
    }

    /** Returns the prefix's segments; empty if there is none. */
    List<String> prefixSegments() {
        return pathPrefix.map(RouteRule::segments).orElse(List.of());
    }

    /** Returns the segments of the resource id; empty if there is none. */
    List<String> resourceSegments() {
        return resource.map(RouteRule::segments).orElse(List.of());
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
