package io.stagedoor.proxy.upstream;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.stagedoor.proxy.upstream.NoConnection.Cause;
import io.stagedoor.proxy.upstream.limit.Slots;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits until a connection may be used for it: not longer than it may, and not if its
 * client has left.
 *
 * <p>Its turn comes on any thread; everything else happens on its event loop.
 */
final class Pending implements Runnable {

    private final Slots slots;
    private final EventLoop loop;
    private final Borrower borrower;
    private final Runnable go;
    private @Nullable Future<?> timeout;

    private Pending(Slots slots, EventLoop loop, Borrower borrower, Runnable go) {
        this.slots = slots;
        this.loop = loop;
        this.borrower = borrower;
        this.go = go;
    }

    /** Queues, or tells the borrower that too many wait. */
    static void await(
            Slots slots, EventLoop loop, Borrower borrower, Duration atMost, Runnable go) {
        Pending pending = new Pending(slots, loop, borrower, go);
        pending.timeout = loop.schedule(pending::giveUp, atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (!slots.await(pending)) {
            pending.stopTimeout();
            borrower.onNoConnection(saturated("too many requests wait for a connection"));
        }
    }

    @Override
    public void run() {
        loop.execute(this::onTurn);
    }

    private void onTurn() {
        stopTimeout();
        if (borrower.isWaiting()) {
            go.run();
        } else {
            slots.free();
        }
    }

    private void giveUp() {
        if (slots.leave(this)) {
            borrower.onNoConnection(saturated("no connection came free in time"));
        }
    }

    private void stopTimeout() {
        Future<?> running = timeout;
        if (running != null) {
            running.cancel(false);
        }
    }

    private static NoConnection saturated(String reason) {
        return new NoConnection(Cause.SATURATED, reason, Optional.empty());
    }
}
