package io.stagedoor.policy.principal;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the knowledge of somebody's groups comes from, and how good it is. Nothing is decided by it:
 * it is for the audit record and for those who want to see how the proxy knows.
 *
 * @param source {@code token}, {@code declared}, {@code none}, or the configured name of a directory
 * @param takenAt when a directory was asked for what it then answered; empty for what is as old as
 *     the token or has no age
 * @param degraded whether the source could not be asked when it should have been, so that this is
 *     older than it ought to be, or nothing at all
 */
public record GroupOrigin(String source, Optional<Instant> takenAt, boolean degraded) {

    /** The caller's token said it. */
    public static final GroupOrigin TOKEN = new GroupOrigin("token", Optional.empty(), false);

    /** The declarations say it. */
    public static final GroupOrigin DECLARED = new GroupOrigin("declared", Optional.empty(), false);

    /** There is no source to ask. */
    public static final GroupOrigin NONE = new GroupOrigin("none", Optional.empty(), false);

    /** Checks that nothing is missing. */
    public GroupOrigin {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(takenAt, "takenAt");
    }

    /** Returns how old the knowledge is at a time; empty if it has no age. */
    public Optional<Duration> ageAt(Instant now) {
        return takenAt.map(taken -> Duration.between(taken, now));
    }
}
