package io.stagedoor.proxy.directory.facts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.policy.scope.NameFold;
import io.stagedoor.proxy.directory.definitions.DefinitionCache;
import io.stagedoor.proxy.directory.synapse.ArtifactKind;
import io.stagedoor.proxy.directory.synapse.ArtifactPool;
import io.stagedoor.proxy.directory.synapse.SynapseArtifactApi;
import io.stagedoor.proxy.directory.synapse.SynapseRoleApi;
import io.stagedoor.proxy.directory.synapse.WorkspaceReadException;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Answers the look-ups that operations on one Synapse workspace need before they can be decided (S43,
 * S44, S63, S64).
 *
 * <p>Pools of notebooks and job definitions are believed for a stated
 * time and dropped when a write passes through; pools of runs are kept, since a run never changes
 * its pool; the scope of a stored role assignment is always asked for, since the moment a role is
 * given or taken is the wrong moment for an old answer. Any thread may call.
 */
public final class WorkspaceFacts implements ScopeFacts {

    /** How long the pool of a notebook or job definition is believed unless configured otherwise. */
    public static final Duration DEFAULT_BELIEVED = Duration.ofSeconds(30);

    static final int RUNS_KEPT = 100_000;
    static final Duration RUNS_KEPT_FOR = Duration.ofDays(30);

    private final SynapseRoleApi roles;
    private final SynapseArtifactApi artifacts;
    private final DefinitionCache<ArtifactKind, ArtifactPool> pools;
    private final Cache<String, ScopeValue> runs;

    /**
     * Makes the facts of one workspace; nothing is known at first.
     *
     * @param believed how long the pool of a notebook or job definition is used without asking again
     */
    public WorkspaceFacts(
            SynapseRoleApi roles,
            SynapseArtifactApi artifacts,
            InstantSource clock,
            Duration believed) {
        this.roles = roles;
        this.artifacts = artifacts;
        this.pools =
                new DefinitionCache<>(
                        artifacts::poolOf,
                        kept -> !(kept.pool() instanceof ScopeValue.Absent),
                        clock,
                        believed);
        this.runs =
                Caffeine.newBuilder()
                        .maximumSize(RUNS_KEPT)
                        .expireAfterWrite(RUNS_KEPT_FOR)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .build();
    }

    @Override
    public Optional<ScopeValue> known(ScopeQuestion question) {
        return switch (question.input()) {
            case ScopeInput.BodyField(String pointer) ->
                    Optional.of(question.body().apply(pointer));
            case ScopeInput.NotebookPool(String pointer) ->
                    knownNotebook(question.body().apply(pointer));
            case ScopeInput.JobDefinitionPool(String parameter) ->
                    knownPool(ArtifactKind.JOB_DEFINITION, question.parameter(parameter));
            case ScopeInput.RecordedRun(String parameter) ->
                    knownRun(question.parameter(parameter));
            case ScopeInput.StoredAssignment _ -> Optional.empty();
            case ScopeInput.ContentProject _,
                    ScopeInput.TypedContentProject _,
                    ScopeInput.BodyContentProject _,
                    ScopeInput.GraphQlQuery _,
                    ScopeInput.RootName _ ->
                    Optional.of(ScopeValue.absent());
        };
    }

    @Override
    public ScopeValue lookup(ScopeQuestion question) throws RefusedException {
        Optional<ScopeValue> known = known(question);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return ask(question);
        } catch (WorkspaceReadException failure) {
            throw Unsaid.refused(
                    "workspace", question.input(), String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public void changed(BoundOperation operation) {
        switch (operation.operation().kind()) {
            case "notebook" -> operation.resource("notebook").ifPresent(this::notebookWritten);
            case "sparkJobDefinition" ->
                    operation.resource("sparkJobDefinition").ifPresent(this::jobDefinitionWritten);
            case "notebookRun" -> runStarted(operation);
            default -> {
                // no scope depends on other kinds of things
            }
        }
    }

    private void runStarted(BoundOperation operation) {
        String run = operation.parameters().get("runId");
        if (run != null && operation.operation().traits().startsRun()) {
            operation.resource("pool").ifPresent(pool -> runStarted(run, pool));
        }
    }

    /** Learns that a run of a notebook was started on a pool. */
    void runStarted(String runId, String pool) {
        runs.put(NameFold.fold(runId), ScopeValue.text(pool));
    }

    /** Learns that a notebook was written, renamed or deleted through the proxy; names both names. */
    void notebookWritten(String name) {
        pools.written(ArtifactKind.NOTEBOOK, name);
    }

    /** Learns that a Spark job definition was written, renamed or deleted through the proxy. */
    void jobDefinitionWritten(String name) {
        pools.written(ArtifactKind.JOB_DEFINITION, name);
    }

    private ScopeValue ask(ScopeQuestion question) throws WorkspaceReadException {
        return switch (question.input()) {
            case ScopeInput.BodyField(String pointer) -> question.body().apply(pointer);
            case ScopeInput.NotebookPool(String pointer) ->
                    pools.lookup(ArtifactKind.NOTEBOOK, textAt(question, pointer)).pool();
            case ScopeInput.JobDefinitionPool(String parameter) ->
                    pools.lookup(ArtifactKind.JOB_DEFINITION, question.parameter(parameter)).pool();
            case ScopeInput.RecordedRun(String parameter) -> askRun(question.parameter(parameter));
            case ScopeInput.StoredAssignment(String parameter) ->
                    roles.scopeOf(question.parameter(parameter))
                            .map(ScopeValue::text)
                            .orElse(ScopeValue.absent());
            case ScopeInput.ContentProject _,
                    ScopeInput.TypedContentProject _,
                    ScopeInput.BodyContentProject _,
                    ScopeInput.GraphQlQuery _,
                    ScopeInput.RootName _ ->
                    ScopeValue.absent();
        };
    }

    private ScopeValue askRun(String runId) throws WorkspaceReadException {
        ScopeValue pool =
                artifacts.poolOf(ArtifactKind.NOTEBOOK_RUN, runId, Optional.empty()).pool();
        if (pool instanceof ScopeValue.Text) {
            runs.put(NameFold.fold(runId), pool);
        }
        return pool;
    }

    private Optional<ScopeValue> knownPool(ArtifactKind kind, String name) {
        return pools.known(kind, name).map(ArtifactPool::pool);
    }

    private Optional<ScopeValue> knownNotebook(ScopeValue name) {
        return switch (name) {
            case ScopeValue.Text(String text) -> knownPool(ArtifactKind.NOTEBOOK, text);
            case ScopeValue.NotText _, ScopeValue.Absent _ -> Optional.of(name);
        };
    }

    private Optional<ScopeValue> knownRun(String runId) {
        return Optional.ofNullable(runs.getIfPresent(NameFold.fold(runId)));
    }

    private static String textAt(ScopeQuestion question, String pointer)
            throws WorkspaceReadException {
        if (question.body().apply(pointer) instanceof ScopeValue.Text(String text)) {
            return text;
        }
        throw new WorkspaceReadException("the request does not name a notebook");
    }
}
