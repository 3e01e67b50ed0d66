package io.stagedoor.proxy.directory;

import io.stagedoor.policy.role.RoleAssignment;
import java.time.Instant;
import java.util.List;

/**
 * One complete reading of a workspace's role assignments, understood as far as it can be.
 *
 * @param takenAt when the reading began
 * @param assignments what was understood
 * @param malformed what was not, and so grants nothing: the assignment and why, in listed order
 * @param pages how many pages were read
 * @param repeated how often an id was listed again
 */
record LiveAssignments(
        Instant takenAt,
        List<RoleAssignment> assignments,
        List<String> malformed,
        int pages,
        int repeated) {

    LiveAssignments {
        assignments = List.copyOf(assignments);
        malformed = List.copyOf(malformed);
    }
}
