package io.stagedoor.proxy.directory;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.proxy.directory.DirectoryHealth.Content;
import io.stagedoor.proxy.directory.DirectoryHealth.Freshness;
import io.stagedoor.proxy.directory.DirectoryHealth.RoleNotes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns what is known into what operators want to see. */
final class HealthView {

    private static final int EXAMPLES = 20;

    private HealthView() {}

    static DirectoryHealth of(
            String workspace, Knowledge known, Optional<String> roleFailure, Instant now) {
        return new DirectoryHealth(
                workspace,
                freshness(known, now),
                known.live().map(live -> Duration.between(live.takenAt(), now)),
                known.snapshot().map(snapshot -> content(snapshot, known.live())),
                known.failures(),
                known.lastFailure(),
                new RoleNotes(
                        known.roles().origin() == Roles.Origin.LIVE,
                        known.roles().differences(),
                        roleFailure));
    }

    static Freshness freshness(Knowledge known, Instant now) {
        return known.snapshot()
                .map(snapshot -> snapshot.isStale(now) ? Freshness.STALE : Freshness.FRESH)
                .orElse(Freshness.LOADING);
    }

    private static Content content(AccessSnapshot snapshot, Optional<LiveAssignments> live) {
        List<String> malformed = live.map(LiveAssignments::malformed).orElse(List.of());
        return new Content(
                snapshot.id(),
                snapshot.assignments().size(),
                live.map(LiveAssignments::pages).orElse(0),
                live.map(LiveAssignments::repeated).orElse(0),
                snapshot.unknownRoles(),
                malformed.size(),
                malformed.stream().limit(EXAMPLES).toList(),
                snapshot.assignableConflicts().size());
    }
}
