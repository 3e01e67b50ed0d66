package io.stagedoor.proxy.directory.groups;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the knowledge of one directory's groups is doing.
 *
 * @param directory its configured name
 * @param healthy whether it answers, as far as was tried
 * @param held how many principals something is known of
 * @param answeredAt when it last answered; empty if never
 * @param lastFailure why it did not answer the last time; empty if it did
 * @param findings what was found when it was tried out last; empty if it never was
 */
public record GroupHealth(
        String directory,
        boolean healthy,
        long held,
        Optional<Instant> answeredAt,
        Optional<String> lastFailure,
        List<GroupFinding> findings) {

    /** Copies the list. */
    public GroupHealth {
        findings = List.copyOf(findings);
    }
}
