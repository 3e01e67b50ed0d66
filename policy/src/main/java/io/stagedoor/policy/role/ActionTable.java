package io.stagedoor.policy.role;

import io.stagedoor.policy.role.TextTable.Line;
import io.stagedoor.policy.scope.NameFold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The known actions, read from {@code synapse.actions}: one full name on a line. */
record ActionTable(List<Action> actions, Map<String, Action> byName, Action read) {

    /** The table that ships with this module. */
    static final ActionTable KNOWN = parse(TextTable.ofResource("synapse.actions"));

    static ActionTable parse(List<Line> lines) {
        Map<String, Action> byName = new HashMap<>();
        for (Line line : lines) {
            Action action = actionOf(line, byName.size());
            if (byName.put(NameFold.foldAscii(action.name()), action) != null) {
                throw line.wrong("`" + action.name() + "` stands here twice");
            }
        }
        List<Action> actions =
                byName.values().stream()
                        .sorted((one, other) -> Integer.compare(one.index(), other.index()))
                        .toList();
        return new ActionTable(actions, Map.copyOf(byName), readOf(byName));
    }

    Optional<Action> find(String name) {
        return Optional.ofNullable(byName.get(NameFold.foldAscii(name)));
    }

    private static Action actionOf(Line line, int index) {
        String name = line.text();
        if (!name.startsWith(Action.PREFIX) || name.length() == Action.PREFIX.length()) {
            throw line.wrong("`" + name + "` does not begin with `" + Action.PREFIX + "`");
        }
        if (name.indexOf('*') >= 0 || name.indexOf(' ') >= 0) {
            throw line.wrong("`" + name + "` is not one whole action: no wildcards, no blanks");
        }
        if (index >= ActionSet.CAPACITY) {
            throw line.wrong(
                    "more than " + ActionSet.CAPACITY + " actions do not fit an action set");
        }
        return new Action(name, index);
    }

    private static Action readOf(Map<String, Action> byName) {
        Action read = byName.get(NameFold.foldAscii(Action.PREFIX + "read"));
        if (read == null) {
            throw new IllegalArgumentException("the table lacks `" + Action.PREFIX + "read`");
        }
        return read;
    }
}
