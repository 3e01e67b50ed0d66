package io.stagedoor.proxy.directory.groups;

import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.GroupOrigin;
import io.stagedoor.policy.principal.PrincipalId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one principal's groups at one moment; replaced as a whole. Times are milliseconds
 * since 1970, and what is handed out is made once, so that looking costs a few comparisons.
 *
 * @param good what the directory told; empty if it told nothing that counts
 * @param old the same, marked as older than it should be; unknown groups if there is nothing
 * @param aheadFrom from when on it is asked for again while it is used
 * @param freshUntil until when it is used without a newer answer
 * @param goodUntil until when it is used if no newer answer can be had
 * @param quietUntil until when the directory is not asked again, since it gave no answer
 * @param failures how often it gave none in a row
 */
record HeldAnswer(
        Optional<GroupMembership> good,
        Optional<GroupMembership> old,
        long aheadFrom,
        long freshUntil,
        long goodUntil,
        long quietUntil,
        int failures) {

    private static final int STEPS = 5;

    /** Nothing has been asked yet. */
    static HeldAnswer nothing(GroupMembership unknown) {
        return new HeldAnswer(Optional.empty(), Optional.of(unknown), 0, 0, 0, 0, 0);
    }

    /** The directory told all groups. */
    HeldAnswer told(Set<PrincipalId> groups, String directory, Instant askedAt, GroupTimes times) {
        Set<PrincipalId> kept = sameOr(groups);
        Optional<Instant> taken = Optional.of(askedAt);
        return new HeldAnswer(
                known(kept, new GroupOrigin(directory, taken, false)),
                known(kept, new GroupOrigin(directory, taken, true)),
                askedAt.plus(times.ahead()).toEpochMilli(),
                askedAt.plus(times.fresh()).toEpochMilli(),
                askedAt.plus(times.maxAge()).toEpochMilli(),
                0,
                0);
    }

    /** The directory gave no answer: what it told before goes on, and it is left alone for a while. */
    HeldAnswer failed(Instant now, Optional<Duration> patience) {
        Duration pause = patience.orElse(Duration.ofSeconds(1L << Math.min(failures, STEPS)));
        return new HeldAnswer(
                good,
                old,
                aheadFrom,
                freshUntil,
                goodUntil,
                now.plus(pause).toEpochMilli(),
                failures + 1);
    }

    /** The directory does not know the principal: what it told before is over. */
    static HeldAnswer absent(GroupMembership unknown, Instant now, GroupTimes times) {
        return new HeldAnswer(
                Optional.empty(),
                Optional.of(unknown),
                0,
                0,
                0,
                now.plus(times.absent()).toEpochMilli(),
                0);
    }

    /** Returns whether there is nothing to ask for now. */
    boolean isSettled(long now) {
        return now < aheadFrom || now < quietUntil;
    }

    /** Callers are compared by their set of groups, and an equal one is the same caller. */
    private Set<PrincipalId> sameOr(Set<PrincipalId> groups) {
        return good.map(
                        before ->
                                before instanceof GroupMembership.Known(var set, _) ? set : groups)
                .filter(groups::equals)
                .orElse(groups);
    }

    private static Optional<GroupMembership> known(Set<PrincipalId> groups, GroupOrigin origin) {
        return Optional.of(new GroupMembership.Known(groups, origin));
    }
}
