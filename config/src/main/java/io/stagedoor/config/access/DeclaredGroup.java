package io.stagedoor.config.access;

import io.stagedoor.policy.principal.PrincipalId;
import java.util.Set;

/** A group and its direct members, which may be groups. */
record DeclaredGroup(PrincipalId id, Set<PrincipalId> members) {

    DeclaredGroup {
        members = Set.copyOf(members);
    }
}
