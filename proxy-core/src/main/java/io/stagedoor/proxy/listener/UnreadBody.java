package io.stagedoor.proxy.listener;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a request that was answered before it was read: thrown away within a bound, so that
 * the client can finish it and read its answer in peace. Confined to an event loop.
 */
final class UnreadBody {

    private final int limit;
    private final Duration time;
    private final Runnable tooLate;
    private @Nullable ScheduledFuture<?> deadline;
    private long discarded;

    /**
     * Makes an empty one.
     *
     * @param limit how much is thrown away at most, in bytes
     * @param time how long throwing away may take
     * @param tooLate called when the rest has not come in time
     */
    UnreadBody(int limit, Duration time, Runnable tooLate) {
        this.limit = limit;
        this.time = time;
        this.tooLate = tooLate;
    }

    /** Counts from the beginning. */
    void begin() {
        discarded = 0;
    }

    /** Throws a piece away. */
    void discard(HttpContent content) {
        discarded += content.content().readableBytes();
        content.release();
    }

    /** Returns whether more has come than is thrown away. */
    boolean isTooLong() {
        return discarded > limit;
    }

    /** Waits for more; the time runs from the first call on. */
    void awaitMore(EventLoop loop) {
        if (deadline == null) {
            deadline = loop.schedule(tooLate, time.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Stops the time. */
    void end() {
        ScheduledFuture<?> running = deadline;
        deadline = null;
        if (running != null) {
            running.cancel(false);
        }
    }
}
