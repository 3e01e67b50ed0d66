package io.stagedoor.proxy.directory.synapse;

import java.util.List;

/** The things of a workspace that name the Spark pool they run on. */
public enum ArtifactKind {
    /** A notebook; its pool is a default that a run may replace. */
    NOTEBOOK("/notebooks/", "?api-version=2020-12-01", "properties.bigDataPool.referenceName"),
    /** A Spark job definition. */
    JOB_DEFINITION(
            "/sparkJobDefinitions/",
            "?api-version=2020-12-01",
            "properties.targetBigDataPool.referenceName"),
    /** A run of a notebook; its pool never changes. */
    NOTEBOOK_RUN("/notebooks/runs/", "?api-version=2022-03-01-preview", "result.sparkPool");

    private final String path;
    private final String query;
    private final String poolPath;

    ArtifactKind(String path, String query, String poolPath) {
        this.path = path;
        this.query = query;
        this.poolPath = poolPath;
    }

    String target(String name) throws WorkspaceReadException {
        return path + PathSegment.encode(name) + query;
    }

    /** Returns where the pool's name stands in the answer: member names from outside in. */
    List<String> poolPath() {
        return List.of(poolPath.split("\\.", -1));
    }
}
