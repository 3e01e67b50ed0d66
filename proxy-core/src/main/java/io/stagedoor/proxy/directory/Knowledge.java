package io.stagedoor.proxy.directory;

import io.stagedoor.policy.decision.AccessSnapshot;
import java.util.List;
import java.util.Optional;

/**
 * All that is known about access to one workspace at one moment; replaced as a whole.
 *
 * @param live the last complete reading; empty if there was none, or the workspace is never read
 * @param roles the role definitions in use
 * @param declared what was declared last
 * @param snapshot what follows from the three; empty while a workspace has still to be read
 * @param failures readings that failed since the last complete one
 * @param lastFailure why the last one failed; empty once one was complete
 */
record Knowledge(
        Optional<LiveAssignments> live,
        Roles roles,
        Declared declared,
        Optional<AccessSnapshot> snapshot,
        int failures,
        Optional<String> lastFailure) {

    Knowledge failed(String reason) {
        return new Knowledge(live, roles, declared, snapshot, failures + 1, Optional.of(reason));
    }

    /** Returns the id of the snapshot, or a dash. */
    String snapshotId() {
        return snapshot.map(AccessSnapshot::id).orElse("-");
    }

    /** Returns how many assignments the snapshot holds. */
    int size() {
        return snapshot.map(held -> held.assignments().size()).orElse(0);
    }

    /** Returns which listed assignments grant nothing because they are not well formed. */
    List<String> malformed() {
        return live.map(LiveAssignments::malformed).orElse(List.of());
    }
}
