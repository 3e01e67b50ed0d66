package io.stagedoor.proxy.directory.content;

import io.stagedoor.policy.operation.ContentKind;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing of a site.
 *
 * @param kind what it is
 * @param id its LUID, in lower case
 */
record Thing(ContentKind kind, String id) {

    /** Returns the thing of this id; empty if no thing can have such an id. */
    static Optional<Thing> of(ContentKind kind, String id) {
        return PrincipalId.isGuid(id)
                ? Optional.of(new Thing(kind, id.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }
}
