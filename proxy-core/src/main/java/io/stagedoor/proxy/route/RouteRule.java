package io.stagedoor.proxy.route;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names under which clients reach one workspace.
 *
 * @param workspace the configured name of the workspace
 * @param hosts host names without a port, compared without case; may be empty if there is a prefix
 * @param pathPrefix a path such as {@code /synapse/ws1} that leads to the workspace on any host that
 *     is no route's own: whole segments of letters, digits, hyphens, dots, underscores and tildes,
 *     compared with case
 */
public record RouteRule(String workspace, Set<String> hosts, Optional<String> pathPrefix) {

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
                    "the route of `" + workspace + "` has neither a host nor a path prefix");
        }
        if (pathPrefix.filter(prefix -> !PREFIX.matcher(prefix).matches()).isPresent()) {
            throw new IllegalArgumentException(
                    "`" + pathPrefix.get() + "` is not a path prefix such as `/synapse/ws1`");
        }
    }

    /** Returns the prefix's segments; empty if there is none. */
    List<String> prefixSegments() {
        return pathPrefix
                .map(prefix -> List.of(prefix.substring(1).split("/", -1)))
                .orElse(List.of());
    }
}
