package io.stagedoor.proxy.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Judges how far another's clock is from ours; a {@code Date} field is exact to a second at best. */
final class ClockJudgement {

    private static final Duration WORTH_SAYING = Duration.ofSeconds(5);

    private ClockJudgement() {}

    /**
     * Judges.
     *
     * @param tolerated how far the clocks may be apart before tokens are refused
     */
    static Finding of(String subject, ServerProbe.Reply reply, Instant now, Duration tolerated) {
        Optional<Duration> ahead = reply.ahead(now);
        if (ahead.isEmpty()) {
            return Finding.ok(subject, "its answers do not tell the time");
        }
        Duration apart = ahead.get().abs();
        String sentence =
                "its clock is "
                        + apart.toSeconds()
                        + " s "
                        + (ahead.get().isNegative() ? "behind" : "ahead of")
                        + " ours";
        if (apart.compareTo(tolerated) > 0) {
            return Finding.fail(
                    subject,
                    sentence + ", more than the " + tolerated.toSeconds() + " s that are tolerated",
                    "set this machine's clock by NTP");
        }
        return apart.compareTo(WORTH_SAYING) > 0
                ? Finding.warn(subject, sentence, "set this machine's clock by NTP")
                : Finding.ok(subject, "its clock and ours agree");
    }
}
