package io.stagedoor.proxy.directory;

import java.time.Duration;
import java.util.Optional;

/** What came of reading a workspace once. */
public sealed interface RefreshOutcome {

    /**
     * The workspace was read to the last page, and its snapshot replaced.
     *
     * @param snapshotId the id of the snapshot in use from now on
     * @param assignments how many role assignments it holds
     */
    record Loaded(String snapshotId, int assignments) implements RefreshOutcome {}

    /**
     * Something could not be read: the snapshot before, if any, stays in use at its age.
     *
     * @param reason what went wrong, for operators
     * @param retryAfter how long the workspace asked to be left alone, if it did
     */
    record Failed(String reason, Optional<Duration> retryAfter) implements RefreshOutcome {}
}
