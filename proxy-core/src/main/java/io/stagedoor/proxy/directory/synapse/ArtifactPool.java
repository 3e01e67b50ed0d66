package io.stagedoor.proxy.directory.synapse;

import io.stagedoor.policy.operation.ScopeValue;
import java.util.Objects;
import java.util.Optional;

/**
 * The Spark pool that an artefact names, and the version of the artefact that named it.
 *
 * @param pool the pool's name; absent if there is no such artefact or it names none
 * @param etag the entity tag (RFC 9110, section 8.8.3) of the artefact, if it has one
 */
public record ArtifactPool(ScopeValue pool, Optional<String> etag) {

    /** Checks that both parts are there. */
    public ArtifactPool {
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(etag, "etag");
    }
}
