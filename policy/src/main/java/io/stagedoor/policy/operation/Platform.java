package io.stagedoor.policy.operation;

import io.stagedoor.policy.scope.RootType;

/** The platform whose documented REST calls a catalogue lists. */
public enum Platform {
    /** The data plane of an Azure Synapse workspace. */
    SYNAPSE(RootType.WORKSPACE),
    /** Azure Data Factory, through Azure Resource Manager. */
    DATA_FACTORY(RootType.FACTORY),
    /** Tableau Server or Tableau Cloud. */
    TABLEAU(RootType.SITE);

    private final RootType rootType;

    Platform(RootType rootType) {
        this.rootType = rootType;
    }

    /** Returns the kind of root scope that this platform's operations are decided at. */
    public RootType rootType() {
        return rootType;
    }
}
