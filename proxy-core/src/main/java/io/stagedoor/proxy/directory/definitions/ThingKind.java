package io.stagedoor.proxy.directory.definitions;

import io.stagedoor.policy.scope.NameFold;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of things that definitions name. */
public enum ThingKind {
    /** A pipeline; it runs what its activities name. */
    PIPELINE("pipeline", "PipelineReference"),
    /** A trigger; it runs pipelines. */
    TRIGGER("trigger", "-"),
    /** A change data capture of a factory. */
    CHANGE_DATA_CAPTURE("change data capture", "-"),
    /** A dataset, which stands for data behind a linked service. */
    DATASET("dataset", "DatasetReference"),
    /** A data flow. */
    DATA_FLOW("data flow", "DataFlowReference"),
    /** A linked service: an address and the secret or credential for it. */
    LINKED_SERVICE("linked service", "LinkedServiceReference"),
    /** A notebook. */
    NOTEBOOK("notebook", "NotebookReference"),
    /** A Spark job definition. */
    JOB_DEFINITION("Spark job definition", "SparkJobDefinitionReference"),
    /** An integration runtime; what it is made of is not looked at. */
    INTEGRATION_RUNTIME("integration runtime", "IntegrationRuntimeReference"),
    /** An Apache Spark pool. */
    POOL("Spark pool", "BigDataPoolReference"),
    /** A credential. */
    CREDENTIAL("credential", "CredentialReference"),
    /** Something that no reader of this version knows: it may stand for any of the above. */
    UNKNOWN("unknown reference", "-");

    private final String label;
    private final String referenceType;

    ThingKind(String label, String referenceType) {
        this.label = label;
        this.referenceType = NameFold.foldAscii(referenceType);
    }

    /** Returns the kind in words. */
    public String label() {
        return label;
    }

    /** Returns whether things of this kind have a definition that names further things. */
    boolean hasDefinition() {
        return switch (this) {
            case PIPELINE, TRIGGER, CHANGE_DATA_CAPTURE, DATASET, DATA_FLOW -> true;
            case LINKED_SERVICE, NOTEBOOK, JOB_DEFINITION -> true;
            case INTEGRATION_RUNTIME, POOL, CREDENTIAL, UNKNOWN -> false;
        };
    }

    /** Returns the kind that a reference's {@code type} stands for, compared without ASCII case. */
    static Optional<ThingKind> ofReferenceType(String type) {
        String folded = NameFold.foldAscii(type);
        return Arrays.stream(values()).filter(kind -> kind.referenceType.equals(folded)).findAny();
    }
}
