package io.stagedoor.policy.principal;

import java.util.Set;

/**
 * What is known of the groups of a principal: all of them, or nothing.
 *
 * <p>A token without a groups claim says nothing, which is not the same as no groups.
 */
public sealed interface GroupMembership {

    /**
     * All groups, direct and nested, as far as the source knows.
     *
     * @param groups the ids of the groups
     */
    record Known(Set<PrincipalId> groups) implements GroupMembership {
        /** Copies the set. */
        public Known {
            groups = Set.copyOf(groups);
        }
    }

    /** The groups could not be found out. */
    record Unknown() implements GroupMembership {}

    /** Returns the membership of somebody whose groups are all known. */
    static GroupMembership known(Set<PrincipalId> groups) {
        return new Known(groups);
    }

    /** Returns the membership of somebody whose groups could not be found out. */
    static GroupMembership unknown() {
        return new Unknown();
    }
}
