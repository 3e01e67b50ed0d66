package io.stagedoor.policy.principal;

import java.util.Objects;
import java.util.Set;

/**
 * What is known of the groups of a principal: all of them, or nothing; and where that comes from.
 *
 * <p>A token without a groups claim says nothing, which is not the same as no groups.
 */
public sealed interface GroupMembership {

    /** Returns where the knowledge, or the lack of it, comes from. */
    GroupOrigin origin();

    /**
     * All groups, direct and nested, as far as the source knows.
     *
     * @param groups the ids of the groups
     * @param origin where they come from
     */
    record Known(Set<PrincipalId> groups, GroupOrigin origin) implements GroupMembership {

        /** Copies the set. */
        public Known {
            groups = Set.copyOf(groups);
            Objects.requireNonNull(origin, "origin");
        }
    }

    /**
     * The groups could not be found out.
     *
     * @param origin who could not tell
     */
    record Unknown(GroupOrigin origin) implements GroupMembership {

        /** Checks that nothing is missing. */
        public Unknown {
            Objects.requireNonNull(origin, "origin");
        }
    }

    /** Returns the membership of somebody whose groups are all known from the token. */
    static GroupMembership known(Set<PrincipalId> groups) {
        return new Known(groups, GroupOrigin.TOKEN);
    }

    /** Returns the membership of somebody whose groups could not be found out, nobody being asked. */
    static GroupMembership unknown() {
        return new Unknown(GroupOrigin.NONE);
    }
}
