package io.stagedoor.proxy.directory.definitions;

import io.stagedoor.proxy.directory.definitions.Use.Given;
import java.util.Map;
import java.util.Optional;

/** What an operation starts, as far as definitions tell what that uses. */
sealed interface RunStart {

    /**
     * A stored thing.
     *
     * @param kind what it is
     * @param resource what the operation calls the name of it
     * @param given what the operation's own requirements see to already
     * @param isRead whether its definition is handed to the run as it is, so that starting it shows
     *     it
     */
    record Stored(ThingKind kind, String resource, Given given, boolean isRead)
            implements RunStart {}

    /**
     * What the request brings along.
     *
     * @param choosesRuntime whether it says on which runtime things run from then on
     */
    record Brought(boolean choosesRuntime) implements RunStart {}

    /** Nothing yet, but a linked service gets a credential that it will use. */
    record CredentialTaken() implements RunStart {}

    /** Nothing yet, but a trigger is made that will run pipelines as the service itself. */
    record TriggerMade() implements RunStart {}

    /** The operations by name; every other starts nothing that a definition describes. */
    Map<String, RunStart> ALL =
            Map.ofEntries(
                    stored("Pipeline_CreatePipelineRun", ThingKind.PIPELINE, "pipeline"),
                    stored("Pipelines_CreateRun", ThingKind.PIPELINE, "pipeline"),
                    stored("Trigger_StartTrigger", ThingKind.TRIGGER, "trigger"),
                    stored("Triggers_Start", ThingKind.TRIGGER, "trigger"),
                    stored("TriggerRun_RerunTriggerInstance", ThingKind.TRIGGER, "trigger"),
                    stored("TriggerRuns_Rerun", ThingKind.TRIGGER, "trigger"),
                    stored(
                            "ChangeDataCapture_Start",
                            ThingKind.CHANGE_DATA_CAPTURE,
                            "changeDataCapture"),
                    Map.entry(
                            "RunNotebook_CreateRun",
                            new Stored(ThingKind.NOTEBOOK, "notebook", Given.POOL, true)),
                    Map.entry(
                            "SparkJobDefinition_ExecuteSparkJobDefinition",
                            new Stored(
                                    ThingKind.JOB_DEFINITION,
                                    "sparkJobDefinition",
                                    Given.POOL,
                                    true)),
                    Map.entry("DataFlowDebugSession_CreateDataFlowDebugSession", new Brought(true)),
                    Map.entry("DataFlowDebugSession_Create", new Brought(true)),
                    Map.entry("DataFlowDebugSession_AddDataFlow", new Brought(false)),
                    Map.entry("LinkedService_CreateOrUpdateLinkedService", new CredentialTaken()),
                    Map.entry("LinkedServices_CreateOrUpdate", new CredentialTaken()),
                    Map.entry("Trigger_CreateOrUpdateTrigger", new TriggerMade()),
                    Map.entry("Triggers_CreateOrUpdate", new TriggerMade()));

    /** Returns what the operation of that name starts; empty if definitions tell nothing of it. */
    static Optional<RunStart> of(String operation) {
        return Optional.ofNullable(ALL.get(operation));
    }

    /** Returns whether the request's body tells what is used. */
    default boolean readsBody() {
        return this instanceof Brought || this instanceof CredentialTaken;
    }

    private static Map.Entry<String, RunStart> stored(
            String operation, ThingKind kind, String resource) {
        return Map.entry(operation, new Stored(kind, resource, Given.NOTHING, false));
    }
}
