package io.stagedoor.proxy.scim.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All users and groups in memory, by what they are looked for. Guarded by the store. */
public final class ScimState {

    private final Map<Kind, Map<String, ObjectNode>> resources = new HashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();
    private final Map<String, Set<String>> memberOf = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> externalIds = new HashMap<>();

    ScimState() {
        for (Kind kind : Kind.values()) {
            resources.put(kind, new LinkedHashMap<>());
        }
    }

    /** Returns the attributes of a resource; not to be changed. */
    public Optional<ObjectNode> find(Kind kind, String id) {
        return Optional.ofNullable(all(kind).get(id));
    }

    /** Returns the ids of all resources of a kind, the oldest first. */
    public List<String> ids(Kind kind) {
        return List.copyOf(all(kind).keySet());
    }

    /** Returns how many resources there are. */
    public int size() {
        return all(Kind.USER).size() + all(Kind.GROUP).size();
    }

    /** Returns the id of the resource with a name, without regard to case. */
    public Optional<String> named(Kind kind, String name) {
        return Optional.ofNullable(names.get(key(kind, folded(name))));
    }

    /** Returns the id of the resource that the pushing directory calls so. */
    public Optional<String> external(Kind kind, String externalId) {
        return Optional.ofNullable(externalIds.get(key(kind, externalId)));
    }

    /** Returns the ids of a group's direct members; not to be changed. */
    public Set<String> membersOf(String group) {
        return Collections.unmodifiableSet(members.getOrDefault(group, Set.of()));
    }

    /** Returns all groups that somebody is in, direct and nested; circles are walked once. */
    public Collection<String> groupsOf(String member) {
        Set<String> found = new LinkedHashSet<>();
        ArrayDeque<String> open = new ArrayDeque<>();
        open.add(member);
        while (!open.isEmpty()) {
            for (String group : memberOf.getOrDefault(open.remove(), Set.of())) {
                addOnce(group, found, open);
            }
        }
        return found;
    }

    private static void addOnce(String group, Set<String> found, ArrayDeque<String> open) {
        if (found.add(group)) {
            open.add(group);
        }
    }

    /** Returns the changes that lead from nothing to here. */
    List<List<Change>> all() {
        List<List<Change>> lines = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            all(kind).forEach((id, it) -> lines.add(List.of(new Change.Put(kind, id, it))));
        }
        members.forEach((group, in) -> lines.add(List.of(new Change.Members(group, in, Set.of()))));
        return lines;
    }

    void apply(List<Change> changes) {
        for (Change change : changes) {
            switch (change) {
                case Change.Put(Kind kind, String id, ObjectNode resource) ->
                        put(kind, id, resource);
                case Change.Members(String group, Set<String> added, Set<String> removed) -> {
                    added.forEach(member -> join(group, member));
                    removed.forEach(member -> leave(group, member));
                }
                case Change.Delete(String id) -> delete(id);
            }
        }
    }

    private void put(Kind kind, String id, ObjectNode resource) {
        forgetNames(kind, id);
        all(kind).put(id, resource);
        names.put(key(kind, folded(text(resource, kind.uniqueName()))), id);
        if (resource.has("externalId")) {
            externalIds.put(key(kind, text(resource, "externalId")), id);
        }
    }

    private void delete(String id) {
        for (Kind kind : Kind.values()) {
            forgetNames(kind, id);
            all(kind).remove(id);
        }
        List.copyOf(memberOf.getOrDefault(id, Set.of())).forEach(group -> leave(group, id));
        List.copyOf(members.getOrDefault(id, Set.of())).forEach(member -> leave(id, member));
    }

    private void forgetNames(Kind kind, String id) {
        ObjectNode before = all(kind).get(id);
        if (before != null) {
            names.remove(key(kind, folded(text(before, kind.uniqueName()))), id);
            externalIds.remove(key(kind, text(before, "externalId")), id);
        }
    }

    private void join(String group, String member) {
        members.computeIfAbsent(group, _ -> new LinkedHashSet<>()).add(member);
        memberOf.computeIfAbsent(member, _ -> new LinkedHashSet<>()).add(group);
    }

    private void leave(String group, String member) {
        remove(members, group, member);
        remove(memberOf, member, group);
    }

    private static void remove(Map<String, Set<String>> from, String key, String value) {
        from.computeIfPresent(
                key,
                (_, values) -> {
                    values.remove(value);
                    return values.isEmpty() ? null : values;
                });
    }

    private Map<String, ObjectNode> all(Kind kind) {
        return resources.getOrDefault(kind, Map.of());
    }

    private static String key(Kind kind, String value) {
        return kind.name() + ':' + value;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String text(ObjectNode resource, String attribute) {
        JsonNode value = resource.path(attribute);
        return value.asText();
    }
}
