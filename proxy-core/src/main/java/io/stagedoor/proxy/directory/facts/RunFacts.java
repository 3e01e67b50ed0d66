package io.stagedoor.proxy.directory.facts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.policy.scope.NameFold;
import io.stagedoor.proxy.directory.definitions.RunRequirements;
import io.stagedoor.proxy.directory.synapse.DefinitionApi;
import io.stagedoor.proxy.directory.synapse.WorkspaceReadException;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The facts of a service that runs pipelines: those of its scopes, what its runs need, and which
 * pipeline a run is of.
 *
 * <p>A run never changes its pipeline, so what is known of one is kept: from its start through the
 * proxy, or from the service, asked with the proxy's own identity. Any thread may call.
 */
public final class RunFacts implements ScopeFacts {

    private static final Logger LOG = LoggerFactory.getLogger(RunFacts.class);

    private final ScopeFacts scopes;
    private final RunRequirements runs;
    private final DefinitionApi api;
    private final Cache<String, ScopeValue> pipelines;

    /**
     * Makes the facts; no run is known at first.
     *
     * @param scopes what else is known of the service
     * @param runs what its runs need
     * @param api asks for the pipeline of a run
     */
    public RunFacts(
            ScopeFacts scopes, RunRequirements runs, DefinitionApi api, InstantSource clock) {
        this.scopes = scopes;
        this.runs = runs;
        this.api = api;
        this.pipelines =
                Caffeine.newBuilder()
                        .maximumSize(WorkspaceFacts.RUNS_KEPT)
                        .expireAfterWrite(WorkspaceFacts.RUNS_KEPT_FOR)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .build();
    }

    @Override
    public Optional<ScopeValue> known(ScopeQuestion question) {
        return scopes.known(question);
    }

    @Override
    public ScopeValue lookup(ScopeQuestion question) throws RefusedException {
        return scopes.lookup(question);
    }

    @Override
    public RunRequirements runs() {
        return runs;
    }

    @Override
    public Optional<ScopeValue> knownPipelineOf(String runId) {
        return Optional.ofNullable(pipelines.getIfPresent(NameFold.fold(runId)));
    }

    @Override
    public ScopeValue pipelineOf(String runId) {
        Optional<ScopeValue> known = knownPipelineOf(runId);
        return known.isPresent() ? known.get() : ask(runId);
    }

    @Override
    public void runStarted(BoundOperation operation, String runId) {
        operation
                .resource("pipeline")
                .ifPresent(name -> pipelines.put(NameFold.fold(runId), ScopeValue.text(name)));
    }

    @Override
    public void changed(BoundOperation operation) {
        scopes.changed(operation);
        runs.changed(operation);
    }

    /** A run that nobody knows, or of which the service does not say, is of no pipeline. */
    private ScopeValue ask(String runId) {
        try {
            ScopeValue pipeline = api.pipelineOf(runId);
            if (pipeline instanceof ScopeValue.Text) {
                pipelines.put(NameFold.fold(runId), pipeline);
            }
            return pipeline;
        } catch (WorkspaceReadException failure) {
            LOG.atWarn()
                    .addKeyValue("reason", failure.getMessage())
                    .log("the pipeline of a run could not be looked up");
            return ScopeValue.absent();
        }
    }
}
