package io.stagedoor.proxy;

import io.stagedoor.config.directory.DirectoryConfig;
import io.stagedoor.config.directory.DirectoryKind;
import io.stagedoor.config.directory.GroupsConfig;
import io.stagedoor.config.directory.MappedGroup;
import io.stagedoor.proxy.directory.groups.GroupLookup;
import io.stagedoor.proxy.directory.groups.GroupNames;
import io.stagedoor.proxy.directory.groups.TenantGroups;
import io.stagedoor.proxy.reload.FileDigest;
import io.stagedoor.proxy.reload.PartList;
import io.stagedoor.proxy.scim.ScimDirectory;
import io.stagedoor.proxy.scim.ScimEndpoint;
import io.stagedoor.proxy.scim.store.ScimStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The directories of one configuration that are asked for groups. Immutable. */
final class GroupParts {

    private final Map<String, TenantGroups> byTenant = new LinkedHashMap<>();
    private final Map<String, ScimGroups> pushing = new LinkedHashMap<>();
    private final List<DirectoryParts> asked = new ArrayList<>();

    private GroupParts() {}

    private record Key(DirectoryConfig directory, List<MappedGroup> mapped, FileDigest files) {}

    /**
     * Takes or makes the parts of each directory.
     *
     * @throws IOException if a file that one needs cannot be used
     */
    static GroupParts of(GroupsConfig config, Foundation foundation, PartList parts)
            throws IOException {
        GroupParts all = new GroupParts();
        for (DirectoryConfig each : config.directories()) {
            Key key =
                    new Key(
                            each,
                            MappedGroup.of(each.tenant(), config.mapped()),
                            FileDigest.of(WatchedFiles.of(each.from())));
            GroupLookup lookup =
                    switch (each.from()) {
                        case DirectoryKind.Graph graph ->
                                all.asked(
                                        parts,
                                        key,
                                        () ->
                                                DirectoryParts.of(
                                                        each, graph, foundation.groupMeans()));
                        case DirectoryKind.Okta okta ->
                                all.asked(
                                        parts,
                                        key,
                                        () ->
                                                DirectoryParts.of(
                                                        each,
                                                        okta,
                                                        key.mapped(),
                                                        foundation.groupMeans()));
                        case DirectoryKind.Scim scim ->
                                all.pushed(
                                        each,
                                        new ScimPlace(scim, key.mapped(), store(scim, parts)),
                                        foundation);
                    };
            all.byTenant.put(
                    each.tenant(),
                    new TenantGroups(each.name(), lookup, Translation.claimUse(each.claim())));
        }
        return all;
    }

    private record ScimPlace(
            DirectoryKind.Scim config, List<MappedGroup> mapped, ScimStore store) {}

    /** A folder has one store, whatever else changes about its directory. */
    private static ScimStore store(DirectoryKind.Scim scim, PartList parts) throws IOException {
        return parts.take(ScimStore.class, scim.folder(), () -> ScimStore.open(scim.folder()));
    }

    private GroupLookup pushed(DirectoryConfig config, ScimPlace place, Foundation foundation) {
        GroupNames names = DirectoryParts.names(config, place.mapped());
        ScimGroups groups =
                new ScimGroups(
                        config.name(),
                        new ScimDirectory(
                                config.name(), place.store(), attribute(place.config()), names::of),
                        new ScimEndpoint(
                                place.store(),
                                foundation.translation.reveal(place.config().token()),
                                ScimResource.base(config.name()),
                                foundation.clock));
        pushing.put(config.name(), groups);
        return groups;
    }

    private static String attribute(DirectoryKind.Scim scim) {
        return switch (scim.principal()) {
            case EXTERNAL_ID -> "externalId";
            case USER_NAME -> "userName";
        };
    }

    /** Returns where a directory pushes to, if there is one of this name that does. */
    Optional<ScimEndpoint> scim(String directory) {
        return Optional.ofNullable(pushing.get(directory)).map(ScimGroups::endpoint);
    }

    private GroupLookup asked(PartList parts, Key key, PartList.Making<DirectoryParts> making)
            throws IOException {
        DirectoryParts made = parts.take(DirectoryParts.class, key, making);
        asked.add(made);
        return made.groups();
    }

    /** Returns where groups come from, by the tenant of the principal. */
    Map<String, TenantGroups> byTenant() {
        return byTenant;
    }

    /** Begins what is not begun yet: acquiring credentials and trying the directories out. */
    void begin() {
        asked.forEach(DirectoryParts::begin);
    }
}
