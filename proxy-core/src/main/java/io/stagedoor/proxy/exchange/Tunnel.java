package io.stagedoor.proxy.exchange;

import io.netty.util.concurrent.ScheduledFuture;
import io.stagedoor.proxy.audit.fact.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection on each side that speaks no HTTP any more: what comes in on one goes out on the other,
 * no faster than it is taken there. It ends as a whole, at the latest after its lifetime.
 *
 * <p>Confined to the event loop of both connections.
 */
final class Tunnel {

    private final ExchangeContext context;
    private final Forwarding forwarding;
    private final BiConsumer<Outcome, String> ender;
    private @Nullable ScheduledFuture<?> lifetime;

    /**
     * Makes a tunnel, which is not open yet.
     *
     * @param forwarding the request that the upstream granted
     * @param ender called when its time is over, with the reason
     */
    Tunnel(ExchangeContext context, Forwarding forwarding, BiConsumer<Outcome, String> ender) {
        this.context = context;
        this.forwarding = forwarding;
        this.ender = ender;
    }

    /** Opens it, once the client has been told. */
    void open(Duration atMost) {
        lifetime =
                context.client()
                        .eventLoop()
                        .schedule(
                                () -> end("the tunnel was open for as long as it may"),
                                atMost.toNanos(),
                                TimeUnit.NANOSECONDS);
        context.client().becomeTunnel(() -> end("nothing went through the tunnel for too long"));
        forwarding.becomeTunnel();
    }

    private void end(String reason) {
        ender.accept(Outcome.CUT_SHORT, reason);
    }

    /** Stops the time. */
    void ended() {
        ScheduledFuture<?> running = lifetime;
        if (running != null) {
            running.cancel(false);
        }
    }
}
