package io.stagedoor.proxy.exchange;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.stagedoor.proxy.journey.NotYet;
import io.stagedoor.proxy.journey.Pace;
import io.stagedoor.proxy.journey.Recheck;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchanges under way, and the sweep that ends those whose right has gone.
 *
 * <p>Each event loop has a list of its own, so that entering and leaving is a few pointers and no
 * lock: most exchanges are gone before any sweep sees them. A sweep asks of each stream whether the
 * same request would be admitted now, in slices that let the loop do other work between. Streams are
 * entered on their event loop; {@link #start} and {@link #sweep} may be called from any thread.
 */
public final class OpenStreams {

    private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);

    /** How many streams are asked about before the loop is given back. */
    private static final int SLICE = 128;

    private final FastThreadLocal<StreamList> ofLoop =
            new FastThreadLocal<>() {
                @Override
                protected StreamList initialValue() {
                    return new StreamList();
                }
            };

    private final Executor waiting;

    /**
     * Makes an empty registry.
     *
     * @param waiting runs checks that have to wait, each on a thread that may block
     */
    public OpenStreams(Executor waiting) {
        this.waiting = waiting;
    }

    /** Enters a stream; call it on the stream's event loop, and there end what is returned. */
    StreamList.Entry opened(OpenStream stream) {
        return ofLoop.get().add(stream);
    }

    /**
     * Begins to sweep, until the loops end.
     *
     * @param interval asked before each pause how long it shall be
     * @param recheck decides about each stream
     */
    public void start(EventLoopGroup loops, Supplier<Duration> interval, Recheck recheck) {
        for (EventExecutor each : loops) {
            if (each instanceof EventLoop loop) {
                schedule(loop, interval, recheck);
            }
        }
    }

    private void schedule(EventLoop loop, Supplier<Duration> interval, Recheck recheck) {
        if (loop.isShuttingDown()) {
            return;
        }
        var _ =
                loop.schedule(
                        () -> {
                            sweepHere(loop, recheck);
                            schedule(loop, interval, recheck);
                        },
                        interval.get().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Sweeps at once, for a change that is known to have happened. */
    public void sweep(EventLoopGroup loops, Recheck recheck) {
        for (EventExecutor each : loops) {
            if (each instanceof EventLoop loop) {
                execute(loop, () -> sweepHere(loop, recheck));
            }
        }
    }

    private void sweepHere(EventLoop loop, Recheck recheck) {
        List<StreamList.Entry> entered = ofLoop.get().entries();
        if (!entered.isEmpty()) {
            checkSlice(loop, entered.iterator(), recheck);
        }
    }

    private void checkSlice(EventLoop loop, Iterator<StreamList.Entry> rest, Recheck recheck) {
        for (int done = 0; done < SLICE && rest.hasNext(); done++) {
            check(loop, rest.next(), recheck);
        }
        if (rest.hasNext()) {
            execute(loop, () -> checkSlice(loop, rest, recheck));
        }
    }

    private void check(EventLoop loop, StreamList.Entry entry, Recheck recheck) {
        if (entry.isEnded()) {
            return;
        }
        try {
            recheck.require(entry.stream().admitted(), Pace.INLINE);
        } catch (NotYet _) {
            waiting.execute(() -> checkWaiting(loop, entry, recheck));
        } catch (RefusedException refused) {
            entry.stream().close(refused.code().text());
        } catch (RuntimeException fault) {
            closeByFault(entry, fault);
        }
    }

    /** Asks on a thread that may block; the stream is closed on its own loop. */
    private static void checkWaiting(EventLoop loop, StreamList.Entry entry, Recheck recheck) {
        Runnable outcome;
        try {
            recheck.require(entry.stream().admitted(), Pace.WAITING);
            return;
        } catch (RefusedException refused) {
            outcome = () -> close(entry, refused.code().text());
        } catch (NotYet | RuntimeException fault) {
            outcome = () -> closeByFault(entry, fault);
        }
        execute(loop, outcome);
    }

    private static void close(StreamList.Entry entry, String reason) {
        if (!entry.isEnded()) {
            entry.stream().close(reason);
        }
    }

    /** What cannot be decided is not permitted. */
    private static void closeByFault(StreamList.Entry entry, Exception fault) {
        LOG.atError().setCause(fault).log("a stream could not be decided on again");
        close(entry, Code.INTERNAL.text());
    }

    private static void execute(EventLoop loop, Runnable work) {
        try {
            loop.execute(work);
        } catch (RejectedExecutionException ended) {
            LOG.atDebug().setCause(ended).log("the loop has ended, and its streams with it");
        }
    }
}
