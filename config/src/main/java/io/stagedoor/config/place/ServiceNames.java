package io.stagedoor.config.place;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Position;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.config.text.YamlNode;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names and addresses of all services read so far: no two services share any, but those that are
 * told apart by their paths.
 */
final class ServiceNames {

    private record Claim(PlaceKind kind, Position position) {

        /** Returns whether a service of that kind may have the same. */
        private boolean allows(PlaceKind other) {
            return kind == other && kind.sharesNames();
        }
    }

    private final Map<String, Claim> hosts = new HashMap<>();
    private final Map<String, Claim> prefixes = new LinkedHashMap<>();
    private final Map<URI, Claim> upstreams = new HashMap<>();
    private final Map<String, Position> places = new HashMap<>();
    private final Set<String> upstreamHosts = new HashSet<>();
    private final Set<String> hostNames = new HashSet<>();

    /** Returns the kind of a host name that may lead to such a service. */
    Kind<String> host(PlaceKind kind) {
        return NetKinds.host()
                .refined(
                        (host, scalar) ->
                                taken(hosts, host, kind, scalar)
                                        .<Parsed<String>>map(
                                                first ->
                                                        Parsed.wrong(
                                                                "the host name "
                                                                        + Quoted.of(scalar.text())
                                                                        + " is taken already, at "
                                                                        + first,
                                                                "give each its own host name"))
                                        .orElseGet(() -> Parsed.value(host)));
    }

    private static <K> Optional<Position> taken(
            Map<K, Claim> claims, K key, PlaceKind kind, YamlNode.Scalar scalar) {
        Claim first = claims.putIfAbsent(key, new Claim(kind, scalar.position()));
        return first == null || first.allows(kind)
                ? Optional.empty()
                : Optional.of(first.position());
    }

    /** Returns the kind of a path prefix that may lead to such a service. */
    Kind<String> prefix(PlaceKind kind) {
        return NetKinds.pathPrefix()
                .refined(
                        (prefix, scalar) -> {
                            Optional<String> clash =
                                    prefixes.keySet().stream()
                                            .filter(other -> clash(prefix, other, kind))
                                            .findFirst();
                            prefixes.putIfAbsent(prefix, new Claim(kind, scalar.position()));
                            return clash.<Parsed<String>>map(other -> overlapping(prefix, other))
                                    .orElseGet(() -> Parsed.value(prefix));
                        });
    }

    private boolean clash(String prefix, String other, PlaceKind kind) {
        Claim first = prefixes.get(other);
        boolean shared = prefix.equals(other) && first != null && first.allows(kind);
        return !shared && overlap(prefix, other);
    }

    private Parsed<String> overlapping(String prefix, String other) {
        Claim first = prefixes.get(other);
        return Parsed.wrong(
                "the path prefix "
                        + Quoted.of(prefix)
                        + " overlaps with "
                        + Quoted.of(other)
                        + (first == null ? "" : " at " + first.position()),
                "give each a prefix that does not start with another's");
    }

    private static boolean overlap(String left, String right) {
        String one = left.toLowerCase(Locale.ROOT) + "/";
        String two = right.toLowerCase(Locale.ROOT) + "/";
        return one.startsWith(two) || two.startsWith(one);
    }

    /** Refuses a factory that stands twice under different names: its path could not tell which. */
    void refuseSecond(Section in, Place place) {
        if (place instanceof Place.Factory factory) {
            Position first =
                    places.putIfAbsent(
                            factory.resourceId().toLowerCase(Locale.ROOT), in.position());
            if (first != null) {
                in.refuse("name", "this factory stands already at " + first, "remove one of them");
            }
        }
    }

    /** An answer that names an upstream could not be rewritten if two services shared it. */
    void refuseSharedUpstream(
            Section in, PlaceKind kind, UpstreamConfig upstream, Setting<Set<String>> names) {
        URI uri = upstream.uri();
        Claim first = upstreams.putIfAbsent(uri, new Claim(kind, in.positionOf("upstream")));
        if (first != null && !first.allows(kind)) {
            in.refuse(
                    "upstream",
                    "another service goes to "
                            + Quoted.of(uri.toString())
                            + ", at "
                            + first.position(),
                    "give each its own upstream");
        }
        upstreamHosts.add(uri.getHost());
        if (names.isGood()) {
            hostNames.addAll(names.value());
        }
        if (!Collections.disjoint(upstreamHosts, hostNames)) {
            in.refuse(
                    in.has("hosts") ? "hosts" : "upstream",
                    "a host name is also that of an upstream: the proxy would call itself",
                    "give the proxy names of its own");
            upstreamHosts.removeAll(hostNames);
        }
    }
}
