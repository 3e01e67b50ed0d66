package io.stagedoor.proxy.http;

import io.stagedoor.proxy.http.FieldNames.Trait;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The fields that concern one connection only and are never passed on, in either direction (RFC
 * 9110 section 7.6.1).
 *
 * <p>Framing is the proxy's own on both sides: {@code Transfer-Encoding} is always removed, and
 * whoever writes the message sets it anew.
 */
public final class HopByHop {

    private HopByHop() {}

    /**
     * Returns the names a message's Connection fields nominate, in lower case with hyphens for
     * underscores.
     */
    public static Set<String> nominations(List<String> connectionValues) {
        if (connectionValues.isEmpty()) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String value : connectionValues) {
            for (String part : value.split(",", -1)) {
                names.add(FieldNames.folded(part.strip()));
            }
        }
        names.remove("");
        names.remove("close");
        return names;
    }

    /**
     * Returns whether a field stays on its connection.
     *
     * @param nominated what {@link #nominations} gave for the same message; a nomination of a field
     *     that carries identity, framing or routing has no effect
     */
    public static boolean isHopByHop(String name, Set<String> nominated) {
        String lower = name.toLowerCase(Locale.ROOT);
        return FieldNames.traitsOf(lower).contains(Trait.HOP_BY_HOP)
                || (nominated.contains(lower) && !FieldNames.isProtected(lower));
    }
}
