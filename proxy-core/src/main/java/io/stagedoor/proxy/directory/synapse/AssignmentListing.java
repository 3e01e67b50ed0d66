package io.stagedoor.proxy.directory.synapse;

import java.time.Instant;
import java.util.List;

/**
 * All role assignments of a workspace, read to the last page.
 *
 * @param requestedAt when the first page was asked for: nothing in the list is younger than its
 *     own page, and nothing that changed before this instant is missing
 * @param assignments each id once; if an id came twice, as it was on the later page
 * @param pages how many pages there were
 * @param repeated how often an id came again, as happens when the list changes while it is read
 */
public record AssignmentListing(
        Instant requestedAt, List<ListedAssignment> assignments, int pages, int repeated) {

    /** Copies the list. */
    public AssignmentListing {
        assignments = List.copyOf(assignments);
    }
}
