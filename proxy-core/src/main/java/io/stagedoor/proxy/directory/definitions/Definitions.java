package io.stagedoor.proxy.directory.definitions;

import io.stagedoor.proxy.directory.synapse.DefinitionApi;
import io.stagedoor.proxy.directory.synapse.WorkspaceReadException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The definitions of one workspace or factory, as far as a run needs them: their outlines, read with
 * the proxy's own identity and believed for a stated time. Any thread may call.
 */
public final class Definitions {

    private static final Map<ThingKind, String> OF_FACTORIES =
            Map.of(
                    ThingKind.PIPELINE, "pipelines",
                    ThingKind.TRIGGER, "triggers",
                    ThingKind.DATASET, "datasets",
                    ThingKind.DATA_FLOW, "dataflows",
                    ThingKind.LINKED_SERVICE, "linkedservices",
                    ThingKind.CHANGE_DATA_CAPTURE, "adfcdcs");
    private static final Map<ThingKind, String> OF_WORKSPACES =
            Map.of(
                    ThingKind.PIPELINE, "pipelines",
                    ThingKind.TRIGGER, "triggers",
                    ThingKind.DATASET, "datasets",
                    ThingKind.DATA_FLOW, "dataflows",
                    ThingKind.LINKED_SERVICE, "linkedservices",
                    ThingKind.NOTEBOOK, "notebooks",
                    ThingKind.JOB_DEFINITION, "sparkJobDefinitions");

    /** What is kept of a definition: its outline, unless there is none of that name. */
    private record Kept(Optional<Outline> outline, Optional<String> etag) {}

    private final DefinitionApi api;
    private final Map<ThingKind, String> collections;
    private final DefinitionCache<ThingKind, Kept> cache;

    private Definitions(
            DefinitionApi api,
            Map<ThingKind, String> collections,
            InstantSource clock,
            Duration believed) {
        this.api = api;
        this.collections = collections;
        this.cache =
                new DefinitionCache<>(
                        this::read, kept -> kept.outline().isPresent(), clock, believed);
    }

    /** Makes the definitions of a workspace; nothing is read yet. */
    public static Definitions ofWorkspace(
            DefinitionApi api, InstantSource clock, Duration believed) {
        return new Definitions(api, OF_WORKSPACES, clock, believed);
    }

    /** Makes the definitions of a factory; nothing is read yet. */
    public static Definitions ofFactory(DefinitionApi api, InstantSource clock, Duration believed) {
        return new Definitions(api, OF_FACTORIES, clock, believed);
    }

    /** Returns whether things of this kind are defined here, and not in another service. */
    boolean holds(ThingKind kind) {
        return collections.containsKey(kind);
    }

    /** Returns the outline if it is known and believed; never waits. */
    Optional<Outline> known(Thing thing) {
        return cache.known(thing.kind(), thing.name()).flatMap(Kept::outline);
    }

    /** Returns the outline, reading it if need be; empty if there is no such thing. */
    Optional<Outline> lookup(Thing thing) throws WorkspaceReadException {
        return cache.lookup(thing.kind(), thing.name()).outline();
    }

    /** Drops what is known of a thing, because a write to it passed through the proxy. */
    void written(Thing thing) {
        cache.written(thing.kind(), thing.name());
    }

    private Kept read(ThingKind kind, String name, Optional<Kept> known)
            throws WorkspaceReadException {
        String collection = collections.get(kind);
        if (collection == null) {
            throw new WorkspaceReadException("a " + kind.label() + " is not defined here");
        }
        return switch (api.read(collection, name, known.flatMap(Kept::etag))) {
            case DefinitionApi.Answer.Found found -> kept(kind, found);
            case DefinitionApi.Answer.Unchanged _ -> known.orElseThrow();
            case DefinitionApi.Answer.Missing _ -> new Kept(Optional.empty(), Optional.empty());
        };
    }

    private static Kept kept(ThingKind kind, DefinitionApi.Answer.Found found)
            throws WorkspaceReadException {
        try {
            return new Kept(Optional.of(OutlineReader.read(kind, found.body())), found.etag());
        } catch (IOException unreadable) {
            throw new WorkspaceReadException(
                    "the definition is not readable: " + oneLine(unreadable));
        }
    }

    static String oneLine(IOException unreadable) {
        String said = Optional.ofNullable(unreadable.getMessage()).orElse("not JSON");
        String line = said.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 200);
    }
}
