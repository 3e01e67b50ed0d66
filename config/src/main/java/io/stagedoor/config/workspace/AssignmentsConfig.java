package io.stagedoor.config.workspace;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a workspace's role assignments come from, and how old they may be.
 *
 * @param from the source
 * @param pollInterval the time between two readings of the live workspace
 * @param maxAge the age at which the last reading is no longer decided on: requests are refused
 */
public record AssignmentsConfig(AssignmentSource from, Duration pollInterval, Duration maxAge) {

    /**
     * Reads the section {@code workspaces[].assignments}.
     *
     * @param hasAccessFile whether the configuration names an access file
     */
    public static Optional<AssignmentsConfig> read(Section in, boolean hasAccessFile) {
        Setting<AssignmentSource> from =
                in.check(
                        "from",
                        in.optional(
                                "from",
                                Kinds.choice(AssignmentSource.class),
                                AssignmentSource.LIVE),
                        source -> hasAccessFile || !source.isDeclared(),
                        "no access file declares role assignments",
                        "name it: `access:` with `file: access.yaml`; or use `live`");
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
}
