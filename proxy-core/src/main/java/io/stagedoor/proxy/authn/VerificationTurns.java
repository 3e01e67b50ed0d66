package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many signatures are verified at a time, since each costs up to a millisecond of processor
 * time and strangers can ask for it. Waiting for keys needs no turn.
 */
final class VerificationTurns {

    private final Semaphore turns;
    private final Duration patience;

    VerificationTurns(int atATime, Duration patience) {
        this.turns = new Semaphore(atATime, true);
        this.patience = patience;
    }

    /**
     * Waits for a turn; every turn begun must be ended.
     *
     * @throws RefusedException with {@code overloaded} if none comes in time
     */
    void begin() throws RefusedException {
        if (!hasBegun()) {
            throw RefusedException.of(
                    Code.OVERLOADED, "too many tokens are being verified", "try again in a second");
        }
    }

    private boolean hasBegun() {
        try {
            return turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the turn. */
    void end() {
        turns.release();
    }
}
