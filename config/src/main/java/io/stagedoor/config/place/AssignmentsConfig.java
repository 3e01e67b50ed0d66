package io.stagedoor.config.place;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a service's role assignments come from, and how old they may be.
 *
 * @param from the source
 * @param pollInterval the time between two readings of the live workspace
 * @param maxAge the age at which the last reading is no longer decided on: requests are refused
 */
public record AssignmentsConfig(AssignmentSource from, Duration pollInterval, Duration maxAge) {

    /**
     * Reads the section {@code assignments} of a service.
     *
     * @param kind the kind of service: only workspaces can be asked for their role assignments
     * @param hasAccessFile whether the configuration names an access file
     */
    public static Optional<AssignmentsConfig> read(
            Section in, PlaceKind kind, boolean hasAccessFile) {
        Setting<AssignmentSource> from = source(in, kind, hasAccessFile);
        Setting<Duration> poll =
                in.optional(
                        "poll_interval",
                        Kinds.duration(Duration.ofSeconds(5), Duration.ofHours(1)),
                        Duration.ofMinutes(1));
        Setting<Duration> age =
                in.check(
                        "max_age",
                        in.optional(
                                "max_age",
                                Kinds.duration(Duration.ofSeconds(10), Duration.ofDays(1)),
                                Duration.ofMinutes(15)),
                        max -> !poll.isGood() || max.compareTo(poll.value()) > 0,
                        "the assignments would be too old before they are read again",
                        "make `max_age` longer than `poll_interval`, best several times");
        return in.build(() -> new AssignmentsConfig(from.value(), poll.value(), age.value()));
    }

    private static Setting<AssignmentSource> source(
            Section in, PlaceKind kind, boolean hasAccessFile) {
        boolean live = kind.hasLiveAssignments();
        Setting<AssignmentSource> written =
                in.optional(
                        "from",
                        Kinds.choice(AssignmentSource.class),
                        live ? AssignmentSource.LIVE : AssignmentSource.DECLARED);
        Setting<AssignmentSource> declared =
                in.check(
                        "from",
                        written,
                        source -> hasAccessFile || !source.isDeclared(),
                        "no access file declares role assignments",
                        "name it: `access:` with `file: access.yaml`"
                                + (live ? "; or use `live`" : ""));
        return in.check(
                "from",
                declared,
                source -> live || source == AssignmentSource.DECLARED,
                "a " + kind.noun() + " has no role assignments of its own to read",
                "leave it out: they are declared in the access file");
    }
}
