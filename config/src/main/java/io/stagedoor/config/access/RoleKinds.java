package io.stagedoor.config.access;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.config.text.Spelling;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.RootType;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.policy.scope.ScopeType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of values of a role assignment: its role and its scope. */
final class RoleKinds {

    private static final Map<RootType, String> ROOT_NAMES =
            Map.of(RootType.WORKSPACE, "ws1", RootType.FACTORY, "adf1", RootType.SITE, "s1");

    private RoleKinds() {}

    /** Returns a built-in role, by its name, an alias or its id. */
    static Kind<RoleDefinition> role() {
        Kind<RoleDefinition> kind = Kind.of("a role", "Synapse Contributor", RoleKinds::findRole);
        return new Kind<>(kind.expected(), kind.example(), kind.parser(), RoleDefinition::name);
    }

    private static Parsed<RoleDefinition> findRole(String text) {
        return BuiltInRoles.byName(text)
                .or(() -> BuiltInRoles.byId(text))
                .map(Parsed::value)
                .orElseGet(() -> Parsed.wrong("there is no role " + Quoted.of(text), meant(text)));
    }

    /** All but one name start with the same word, so that word is no part of the comparison. */
    private static String meant(String text) {
        Map<String, String> byShortName = new LinkedHashMap<>();
        BuiltInRoles.all().forEach(role -> byShortName.put(shortened(role.name()), role.name()));
        return Spelling.nearest(shortened(text), byShortName.keySet())
                .map(near -> "did you mean `" + byShortName.get(near) + "`?")
                .orElseGet(() -> "the roles are " + Quoted.list(byShortName.values()));
    }

    private static String shortened(String name) {
        return name.replaceFirst("(?i)^synapse ", "");
    }

    /** Returns a scope. */
    static Kind<Scope> scope() {
        return Kind.of("a scope", "workspaces/ws1", RoleKinds::findScope);
    }

    private static Parsed<Scope> findScope(String text) {
        try {
            return Parsed.value(Scope.parse(text));
        } catch (IllegalArgumentException _) {
            return Parsed.wrong(Quoted.of(text) + " is not a scope", scopeMeant(text));
        }
    }

    private static String scopeMeant(String text) {
        String[] segments = text.split("/", -1);
        RootType root = RootType.ofSegment(segments[0]).orElse(RootType.WORKSPACE);
        List<String> items =
                Arrays.stream(ItemType.values())
                        .filter(type -> type.isBelow(root))
                        .map(ItemType::segment)
                        .toList();
        Optional<String> near =
                segments.length == 4 && !items.contains(segments[2])
                        ? Spelling.nearest(segments[2], items)
                        : Optional.empty();
        String example = root.segment() + "/" + ROOT_NAMES.getOrDefault(root, "name");
        return near.map(item -> "did you mean `" + item + "`? ").orElse("")
                + ("write `" + example + "`, or `" + example + "/<type>/<name>`")
                + (" with one of the types " + Quoted.list(items));
    }

    /** Returns in words where a role may be assigned at such a service. */
    static String places(RoleDefinition role, RootType root) {
        return role.assignableAt().stream()
                .filter(type -> type == root || isIn(root, type))
                .map(type -> place(root, type))
                .sorted()
                .collect(Collectors.joining("` or `", "`", "`"));
    }

    private static boolean isIn(RootType root, ScopeType type) {
        return type instanceof ItemType item && item.isBelow(root);
    }

    private static String place(RootType root, ScopeType type) {
        String whole = root.segment() + "/" + ROOT_NAMES.getOrDefault(root, "name");
        return type == root ? whole : whole + "/" + type.segment() + "/<name>";
    }
}
