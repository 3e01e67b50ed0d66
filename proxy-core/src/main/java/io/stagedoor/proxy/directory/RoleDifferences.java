package io.stagedoor.proxy.directory;

import io.stagedoor.policy.role.ActionSet;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.FetchedRole;
import io.stagedoor.policy.role.RoleDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says in words how the roles of a live workspace differ from the built-in ones. */
final class RoleDifferences {

    private RoleDifferences() {}

    static List<String> of(List<FetchedRole> live) {
        List<String> differences = new ArrayList<>();
        Map<String, RoleDefinition> missing = new HashMap<>();
        BuiltInRoles.all().forEach(role -> missing.put(role.id(), role));
        for (FetchedRole fetched : live) {
            RoleDefinition role = fetched.definition();
            RoleDefinition known = missing.remove(role.id());
            if (known == null) {
                differences.add("role `" + role.name() + "` is not built in");
            } else {
                compare(known, role, differences);
            }
            notUnderstood(fetched, differences);
        }
        missing.values().stream()
                .map(role -> "role `" + role.name() + "` is built in and not listed")
                .sorted()
                .forEach(differences::add);
        return differences;
    }

    private static void compare(RoleDefinition known, RoleDefinition live, List<String> into) {
        ActionSet more = live.actions().minus(known.actions());
        ActionSet less = known.actions().minus(live.actions());
        if (!more.isEmpty()) {
            into.add("role `" + live.name() + "` also gives " + more);
        }
        if (!less.isEmpty()) {
            into.add("role `" + live.name() + "` no longer gives " + less);
        }
    }

    private static void notUnderstood(FetchedRole fetched, List<String> into) {
        String name = fetched.definition().name();
        fetched.unknownActions()
                .forEach(a -> into.add("role `" + name + "` has the unknown action `" + a + "`"));
        fetched.unknownScopes()
                .forEach(s -> into.add("role `" + name + "` has the unknown scope `" + s + "`"));
    }
}
