package io.stagedoor.proxy;

import io.stagedoor.config.StagedoorConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Says in a few words in what two configurations differ, without any of their values. */
final class ChangeSummary {

    private ChangeSummary() {}

    /** Returns the sections that differ; of lists, the names that came, went or changed. */
    static List<String> of(StagedoorConfig before, StagedoorConfig after) {
        List<String> changes = new ArrayList<>();
        compare(changes, "listener", before.listener(), after.listener());
        compare(changes, "limits", before.limits(), after.limits());
        compareNamed(
                changes,
                "issuers",
                byName(before.issuers(), issuer -> issuer.name()),
                byName(after.issuers(), issuer -> issuer.name()));
        compareNamed(
                changes,
                "workspaces",
                byName(before.services(), workspace -> workspace.name()),
                byName(after.services(), workspace -> workspace.name()));
        compare(
                changes,
                "upstream_connections",
                before.upstreamConnections(),
                after.upstreamConnections());
        compare(
                changes,
                "assertion",
                before.upstreams().assertion(),
                after.upstreams().assertion());
        compare(changes, "access", before.access(), after.access());
        return changes.isEmpty() ? List.of("files that are named") : List.copyOf(changes);
    }

    private static void compare(List<String> changes, String section, Object before, Object after) {
        if (!before.equals(after)) {
            changes.add(section);
        }
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        Map<String, T> named = new LinkedHashMap<>();
        all.forEach(each -> named.put(name.apply(each), each));
        return named;
    }

    private static <T> void compareNamed(
            List<String> changes, String section, Map<String, T> before, Map<String, T> after) {
        before.forEach(
                (name, old) -> {
                    T now = after.get(name);
                    if (now == null) {
                        changes.add(section + "[" + name + "] removed");
                    } else if (!now.equals(old)) {
                        changes.add(section + "[" + name + "] changed");
                    }
                });
        after.keySet().stream()
                .filter(name -> !before.containsKey(name))
                .forEach(name -> changes.add(section + "[" + name + "] added"));
    }
}
