package io.stagedoor.proxy.directory.definitions;

import io.stagedoor.proxy.directory.definitions.Use.Given;
import java.util.Map;
import java.util.Optional;

/** What each operation of workspaces and factories starts. */
final class RunStartTable {

    /** The operations by name; every other starts nothing that a definition describes. */
    static final Map<String, RunStart> ALL =
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
                            new RunStart.Stored(ThingKind.NOTEBOOK, "notebook", Given.POOL, true)),
                    Map.entry(
                            "SparkJobDefinition_ExecuteSparkJobDefinition",
                            new RunStart.Stored(
                                    ThingKind.JOB_DEFINITION,
                                    "sparkJobDefinition",
                                    Given.POOL,
                                    true)),
                    Map.entry(
                            "DataFlowDebugSession_CreateDataFlowDebugSession",
                            new RunStart.Brought(true)),
                    Map.entry("DataFlowDebugSession_Create", new RunStart.Brought(true)),
                    Map.entry("DataFlowDebugSession_AddDataFlow", new RunStart.Brought(false)),
                    Map.entry(
                            "LinkedService_CreateOrUpdateLinkedService",
                            new RunStart.CredentialTaken()),
                    Map.entry("LinkedServices_CreateOrUpdate", new RunStart.CredentialTaken()),
                    Map.entry("Trigger_CreateOrUpdateTrigger", new RunStart.TriggerMade()),
                    Map.entry("Triggers_CreateOrUpdate", new RunStart.TriggerMade()));

    private RunStartTable() {}

    /** Returns what the operation of that name starts; empty if definitions tell nothing of it. */
    static Optional<RunStart> of(String operation) {
        return Optional.ofNullable(ALL.get(operation));
    }

    private static Map.Entry<String, RunStart> stored(
            String operation, ThingKind kind, String resource) {
        return Map.entry(operation, new RunStart.Stored(kind, resource, Given.NOTHING, false));
    }
}
