package io.stagedoor.proxy.upstream;

import java.time.Duration;
import java.util.Optional;

/**
 * What an exchange waits for at its upstream, and since when.
 *
 * <p>Confined to an event loop. Time counts only while it is the upstream's turn: not while the
 * client is slow to send or to take.
 */
final class Waiting {

    private enum For {
        NOTHING,
        /** The upstream does not take more of the request. */
        ROOM,
        /** The request is sent, and no answer has begun. */
        ANSWER,
        /** More of the answer was asked for. */
        MORE
    }

    private For what = For.NOTHING;
    private long since;
    private long endsAt;
    private boolean endless;

    void begin(long end) {
        what = For.NOTHING;
        endsAt = end;
        endless = false;
    }

    void forRoom() {
        await(For.ROOM);
    }

    void forAnswer() {
        await(For.ANSWER);
    }

    void forMore() {
        await(For.MORE);
    }

    private void await(For next) {
        if (what != next) {
            what = next;
            since = System.nanoTime();
        }
    }

    /** The upstream has taken what was written. */
    void taken() {
        if (what == For.ROOM) {
            what = For.NOTHING;
        }
    }

    /** The answer begins; one that never ends is not bound by the total time. */
    void answered(boolean neverEnds) {
        what = For.NOTHING;
        endless = neverEnds;
    }

    /** A piece of the answer came. */
    void progressed() {
        what = For.NOTHING;
    }

    /** Returns what has taken too long, if something has. */
    Optional<String> overdue(long now, UpstreamSettings.Deadlines deadlines) {
        return switch (what) {
            case ROOM -> overdue(now, deadlines.stall(), "the request was not taken for ");
            case ANSWER -> overdue(now, deadlines.response(), "no answer within ");
            case MORE -> overdue(now, deadlines.stall(), "nothing more of the answer came for ");
            case NOTHING -> overdueInAll(now);
        };
    }

    private Optional<String> overdue(long now, Duration most, String reason) {
        return now - since > most.toNanos()
                ? Optional.of(reason + most.toMillis() + " ms")
                : overdueInAll(now);
    }

    private Optional<String> overdueInAll(long now) {
        return !endless && now - endsAt > 0
                ? Optional.of("the exchange took longer than it may in all")
                : Optional.empty();
    }
}
