package io.stagedoor.policy.role;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.TextTable.Line;
import io.stagedoor.policy.scope.NameFold;
import io.stagedoor.policy.scope.ScopeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Role definitions as a text table gives them, and the names and aliases under which each is found.
 *
 * <p>The head of {@code built-in.roles} describes the format.
 */
record RoleTable(List<RoleDefinition> roles, Map<String, RoleDefinition> byName) {

    static RoleTable parse(List<Line> lines, ActionTable actions) {
        List<Entry> entries = new ArrayList<>();
        for (Line line : lines) {
            String[] words = line.text().split("\\s+", 2);
            if (words.length < 2) {
                throw line.wrong("`" + line.text() + "` has no value");
            }
            if (words[0].equals("role")) {
                entries.add(new Entry(line, words[1]));
            } else if (entries.isEmpty()) {
                throw line.wrong("expected `role` first");
            } else {
                entries.getLast().take(line, words[0], words[1], actions);
            }
        }
        return tableOf(entries);
    }

    private static RoleTable tableOf(List<Entry> entries) {
        List<RoleDefinition> roles = new ArrayList<>();
        Map<String, RoleDefinition> byName = new HashMap<>();
        for (Entry entry : entries) {
            RoleDefinition role = entry.definition();
            if (roles.stream().anyMatch(other -> other.id().equals(role.id()))) {
                throw entry.first.wrong("the id `" + role.id() + "` stands here twice");
            }
            roles.add(role);
            for (String name : entry.names) {
                if (byName.put(NameFold.fold(name), role) != null) {
                    throw entry.first.wrong("the name `" + name + "` stands here twice");
                }
            }
        }
        return new RoleTable(List.copyOf(roles), Map.copyOf(byName));
    }

    /** One role while its lines are read. */
    private static final class Entry {

        private final Line first;
        private final List<String> names = new ArrayList<>();
        private final Set<ScopeType> assignableAt = new LinkedHashSet<>();
        private final Set<Action> actions = new LinkedHashSet<>();
        private String id = "";

        Entry(Line first, String name) {
            this.first = first;
            names.add(name);
        }

        void take(Line line, String key, String value, ActionTable known) {
            switch (key) {
                case "id" -> takeId(line, value);
                case "alias" -> names.add(value);
                case "at" -> takeScopeTypes(line, value);
                case "action" -> takeAction(line, value, known);
                default ->
                        throw line.wrong(
                                "`" + key + "` is none of `role`, `id`, `alias`, `at`, `action`");
            }
        }

        private void takeId(Line line, String value) {
            if (!id.isEmpty() || !PrincipalId.isGuid(value)) {
                throw line.wrong("expected one id of GUID form, found `" + value + "`");
            }
            id = value;
        }

        private void takeScopeTypes(Line line, String value) {
            for (String word : value.split("\\s+")) {
                ScopeType type =
                        ScopeType.ofSegment(word)
                                .orElseThrow(() -> line.wrong("unknown scope type `" + word + "`"));
                if (!assignableAt.add(type)) {
                    throw line.wrong("the scope type `" + word + "` stands here twice");
                }
            }
        }

        private void takeAction(Line line, String value, ActionTable known) {
            Action action =
                    known.find(Action.PREFIX + value)
                            .orElseThrow(() -> line.wrong("unknown action `" + value + "`"));
            if (!actions.add(action)) {
                throw line.wrong("the action `" + value + "` stands here twice");
            }
        }

        RoleDefinition definition() {
            if (id.isEmpty() || assignableAt.isEmpty() || actions.isEmpty()) {
                throw first.wrong("the role `" + names.getFirst() + "` lacks id, at or action");
            }
            return new RoleDefinition(
                    id, names.getFirst(), ActionSet.of(actions), assignableAt, true);
        }
    }
}
