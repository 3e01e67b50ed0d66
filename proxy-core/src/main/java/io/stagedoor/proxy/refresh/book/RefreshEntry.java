package io.stagedoor.proxy.refresh.book;

import io.stagedoor.proxy.refresh.Content;
import io.stagedoor.proxy.refresh.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the refreshes of one piece of content, since the proxy was started.
 *
 * @param content the content
 * @param lastSuccess when a refresh succeeded last
 * @param lastFailure when one failed last, which is not said of one that was held back
 * @param lastStarted when one was let through last
 * @param lastHeld when one was held back last, and why
 * @param heldInAll how many were held back
 * @param heldSince how many of them since one was last let through
 */
public record RefreshEntry(
        Content content,
        Optional<Instant> lastSuccess,
        Optional<Instant> lastFailure,
        Optional<Instant> lastStarted,
        Optional<Hold> lastHeld,
        long heldInAll,
        long heldSince) {

    /**
     * One time that it was held back.
     *
     * @param at when
     * @param by what held it back
     */
    public record Hold(Instant at, Observation by) {}

    static RefreshEntry of(Content content) {
        return new RefreshEntry(
                content,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0);
    }

    /** Returns how old the data is, if a success was seen. */
    public Optional<Duration> age(Instant now) {
        return lastSuccess.map(at -> Duration.between(at, now));
    }

    RefreshEntry about(Content better) {
        Content kept = better.project().isPresent() ? better : content;
        return new RefreshEntry(
                kept, lastSuccess, lastFailure, lastStarted, lastHeld, heldInAll, heldSince);
    }

    RefreshEntry held(Instant at, Observation by) {
        return new RefreshEntry(
                content,
                lastSuccess,
                lastFailure,
                lastStarted,
                Optional.of(new Hold(at, by)),
                heldInAll + 1,
                heldSince + 1);
    }

    RefreshEntry started(Instant at) {
        return new RefreshEntry(
                content, lastSuccess, lastFailure, Optional.of(at), lastHeld, heldInAll, 0);
    }

    RefreshEntry succeeded(Instant at) {
        return new RefreshEntry(
                content,
                later(lastSuccess, at),
                lastFailure,
                lastStarted,
                lastHeld,
                heldInAll,
                heldSince);
    }

    RefreshEntry failed(Instant at) {
        return new RefreshEntry(
                content,
                lastSuccess,
                later(lastFailure, at),
                lastStarted,
                lastHeld,
                heldInAll,
                heldSince);
    }

    /** Two ways of hearing of it may tell it in any order. */
    private static Optional<Instant> later(Optional<Instant> known, Instant at) {
        return known.filter(at::isBefore).or(() -> Optional.of(at));
    }
}
