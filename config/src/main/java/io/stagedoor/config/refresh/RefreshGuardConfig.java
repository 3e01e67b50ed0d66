package io.stagedoor.config.refresh;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.value.SecretRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the refreshes of one Tableau site are held back while what they read from is not well.
 *
 * @param answer what a refresh that is held back is answered
 * @param whenUnknown what becomes of a refresh when a check does not tell
 * @param times how long findings are used, waited for, and told to be worth waiting for
 * @param findSources whether content without a declared source is looked up: its connections may
 *     lead to a configured workspace
 * @param warn whether readers see a stale-data warning on content that is held back
 * @param webhookSecret the secret in the address that the site sends its events to; without it no
 *     events are taken
 * @param sources what is declared
 */
public record RefreshGuardConfig(
        Answer answer,
        WhenUnknown whenUnknown,
        Times times,
        boolean findSources,
        boolean warn,
        Optional<SecretRef> webhookSecret,
        List<RefreshSourceConfig> sources) {

    /** Copies the list. */
    public RefreshGuardConfig {
        sources = List.copyOf(sources);
    }

    /** What a refresh that is held back is answered. */
    public enum Answer {
        /** 409 with Tableau's code 409093, which its clients take for a refresh that is queued. */
        CONFLICT,
        /** 503, which clients send again by themselves. */
        UNAVAILABLE
    }

    /** What becomes of a refresh when a check does not tell. */
    public enum WhenUnknown {
        /** It is held back. */
        HOLD,
        /** It goes on. */
        PASS
    }

    /**
     * Times.
     *
     * @param cache how long a finding is used
     * @param timeout how long a check is waited for
     * @param retryAfter when it is worth trying again, as callers are told
     */
    public record Times(Duration cache, Duration timeout, Duration retryAfter) {}

    /** Reads the section {@code refresh_guard} of a site. */
    public static Optional<RefreshGuardConfig> read(Section in) {
        Setting<Answer> answer = in.optional("answer", Kinds.choice(Answer.class), Answer.CONFLICT);
        Setting<WhenUnknown> unknown =
                in.optional("when_unknown", Kinds.choice(WhenUnknown.class), WhenUnknown.HOLD);
        Setting<Times> times = times(in);
        Setting<Boolean> find = in.optional("find_sources", Kinds.flag(), false);
        Setting<Boolean> warn = in.optional("warn", Kinds.flag(), false);
        Setting<Optional<SecretRef>> webhook =
                in.optional("webhook_secret", in.reading().files().secret());
        Setting<List<RefreshSourceConfig>> sources =
                in.sections("sources", new RefreshSourceReader(), 0);
        if (!in.has("sources") && !(find.isGood() && find.value())) {
            in.warn(
                    "sources",
                    "nothing is held back without a source",
                    "declare `sources`, or say `find_sources: true`");
        }
        return in.build(
                () ->
                        new RefreshGuardConfig(
                                answer.value(),
                                unknown.value(),
                                times.value(),
                                find.value(),
                                warn.value(),
                                webhook.value(),
                                sources.value()));
    }

    private static Setting<Times> times(Section in) {
        Duration second = Duration.ofSeconds(1);
        Setting<Duration> cache =
                in.optional(
                        "cache",
                        Kinds.duration(second, Duration.ofMinutes(10)),
                        Duration.ofSeconds(15));
        Setting<Duration> timeout =
                in.optional(
                        "timeout",
                        Kinds.duration(Duration.ofMillis(100), Duration.ofSeconds(30)),
                        Duration.ofSeconds(5));
        Setting<Duration> retryAfter =
                in.optional(
                        "retry_after",
                        Kinds.duration(second, Duration.ofDays(1)),
                        Duration.ofMinutes(5));
        return in.combine(
                () -> new Times(cache.value(), timeout.value(), retryAfter.value()),
                List.of(cache, timeout, retryAfter));
    }
}
