package io.stagedoor.policy.decision;

import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;

/**
 * An assignment of a known role, with its actions at hand and its place among others.
 *
 * @param assignment the assignment
 * @param role the number of its role
 * @param bits the actions of its role
 * @param rank its place when several assignments give the same right: lower comes first. It depends
 *     on the content of the assignment alone and never on its place in a list
 */
record Holding(RoleAssignment assignment, int role, long bits, long rank) {

    private static final int ROOT_BIT = 61;
    private static final int SIZE_SHIFT = 54;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    static Holding of(RoleAssignment assignment, int number, RoleDefinition role) {
        long rank =
                (assignment.scope().isRoot() ? 1L << ROOT_BIT : 0)
                        | ((long) role.actions().size() << SIZE_SHIFT)
                        | (contentHash(assignment) >>> (Long.SIZE - SIZE_SHIFT));
        return new Holding(assignment, number, role.actions().bits(), rank);
    }

    boolean gives(Action action) {
        return (bits & (1L << action.index())) != 0;
    }

    private static long contentHash(RoleAssignment assignment) {
        long hash = mixed(GOLDEN, assignment.roleDefinitionId().hashCode());
        hash = mixed(hash, assignment.principal().hashCode());
        hash = mixed(hash, assignment.scope().hashCode());
        hash = mixed(hash, assignment.id().hashCode());
        return mixed(hash, assignment.source().hashCode());
    }

    private static long mixed(long hash, int part) {
        long sum = (hash ^ part) * GOLDEN;
        return sum ^ (sum >>> 29);
    }
}
