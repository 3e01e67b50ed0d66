package io.stagedoor.policy.operation;

/** The platform whose documented REST calls a catalogue lists. */
public enum Platform {
    /** The data plane of an Azure Synapse workspace. */
    SYNAPSE,
    /** Azure Data Factory, through Azure Resource Manager. */
    DATA_FACTORY,
    /** Tableau Server or Tableau Cloud. */
    TABLEAU
}
