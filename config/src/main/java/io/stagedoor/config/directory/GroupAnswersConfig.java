package io.stagedoor.config.directory;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a directory's answers are good, and how long they are waited for.
 *
 * @param fresh up to which age an answer is used without asking again
 * @param maxAge up to which age it is used if no newer one can be had
 * @param patience how long one request waits for an answer
 * @param absent how long it is believed that the directory does not know a principal
 * @param kept of how many principals answers are kept
 */
public record GroupAnswersConfig(
        Duration fresh, Duration maxAge, Duration patience, Duration absent, int kept) {

    /** Reads the section {@code access.directories[].answers}. */
    public static Optional<GroupAnswersConfig> read(Section in) {
        Setting<Duration> fresh =
                in.optional(
                        "fresh",
                        Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
                        Duration.ofMinutes(5));
        Setting<Duration> maxAge =
                in.check(
                        "max_age",
                        in.optional(
                                "max_age",
                                Kinds.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
                                Duration.ofHours(1)),
                        age -> !fresh.isGood() || age.compareTo(fresh.value()) >= 0,
                        "answers would be too old before they are asked for again",
                        "make `max_age` at least as long as `fresh`");
        Setting<Duration> patience =
                in.optional(
                        "wait",
                        Kinds.duration(Duration.ofMillis(100), Duration.ofSeconds(30)),
                        Duration.ofSeconds(3));
        Setting<Duration> absent =
                in.optional(
                        "absent",
                        Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
                        Duration.ofMinutes(1));
        Setting<Integer> kept = in.optional("kept", Kinds.number(100, 1_000_000), 50_000);
        return in.build(
                () ->
                        new GroupAnswersConfig(
                                fresh.value(),
                                maxAge.value(),
                                patience.value(),
                                absent.value(),
                                kept.value()));
    }
}
