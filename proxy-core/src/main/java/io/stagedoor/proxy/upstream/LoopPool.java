package io.stagedoor.proxy.upstream;

import io.netty.channel.EventLoop;
import io.stagedoor.proxy.upstream.endpoint.Endpoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The connections to one service on one event loop: the idle ones of each endpoint, the most
 * recently used first, and those that carry an exchange.
 *
 * <p>Confined to that event loop. One task looks at all of them from time to time and closes what is
 * overdue, so that an exchange starts no timer of its own; it runs only while there are any. A
 * connection that was idle for too long is not lent again: most services close idle connections, and
 * a request sent into a closing one has an unknown outcome.
 */
final class LoopPool {

    private final EventLoop loop;
    private final UpstreamSettings settings;
    private final long sweepNanos;
    private final Map<Endpoint, Deque<UpstreamHandler>> idle = new HashMap<>();
    private final List<UpstreamHandler> lent = new ArrayList<>();
    private int idleCount;
    private boolean sweeping;
    private boolean closed;

    LoopPool(EventLoop loop, UpstreamSettings settings) {
        this.loop = loop;
        this.settings = settings;
        this.sweepNanos = SweepPace.of(settings);
    }

    /** Takes an idle connection to an endpoint, if there is one. */
    Optional<UpstreamHandler> take(Endpoint endpoint) {
        Deque<UpstreamHandler> kept = idle.get(endpoint);
        long oldest = System.nanoTime() - settings.pool().idleTimeout().toNanos();
        while (kept != null && !kept.isEmpty()) {
            UpstreamHandler connection = kept.pop();
            idleCount--;
            if (connection.isActive() && connection.idleSince() - oldest > 0) {
                return Optional.of(connection);
            }
            connection.discard();
        }
        return Optional.empty();
    }

    /** Keeps a connection for the next exchange, unless there are enough. */
    void put(UpstreamHandler connection) {
        boolean unwanted = closed || connection.endpoint().isGone();
        if (unwanted || idleCount >= settings.pool().maxIdlePerLoop()) {
            connection.discard();
            return;
        }
        idle.computeIfAbsent(connection.endpoint(), _ -> new ArrayDeque<>()).push(connection);
        idleCount++;
        keepSweeping();
    }

    /** Forgets an idle connection that was closed from the other side. */
    void forget(UpstreamHandler connection) {
        Deque<UpstreamHandler> kept = idle.get(connection.endpoint());
        if (kept != null && kept.remove(connection)) {
            idleCount--;
        }
    }

    /** Watches the deadlines of a connection that was lent. */
    void lend(UpstreamHandler connection) {
        connection.placeAt(lent.size());
        lent.add(connection);
        keepSweeping();
    }

    /** Watches it no longer. */
    void unlend(UpstreamHandler connection) {
        UpstreamHandler last = lent.removeLast();
        if (last != connection) {
            lent.set(connection.place(), last);
            last.placeAt(connection.place());
        }
    }

    private void keepSweeping() {
        if (!sweeping) {
            sweeping = true;
            var _ = loop.schedule(this::sweep, sweepNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void sweep() {
        sweeping = false;
        long now = System.nanoTime();
        closeStale(now);
        // from the end, since one that is closed is replaced by the last
        for (int i = lent.size() - 1; i >= 0; i--) {
            if (i < lent.size()) {
                lent.get(i).closeIfOverdue(now, settings.deadlines());
            }
        }
        if (!lent.isEmpty() || idleCount > 0) {
            keepSweeping();
        }
    }

    private void closeStale(long now) {
        long oldest = now - settings.pool().idleTimeout().toNanos();
        Iterator<Map.Entry<Endpoint, Deque<UpstreamHandler>>> each = idle.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Endpoint, Deque<UpstreamHandler>> kept = each.next();
            boolean all = closed || kept.getKey().isGone();
            closeStale(kept.getValue(), all ? Long.MAX_VALUE : oldest, all);
            if (kept.getValue().isEmpty()) {
                each.remove();
            }
        }
    }

    /** The oldest stand last. */
    private void closeStale(Deque<UpstreamHandler> kept, long oldest, boolean all) {
        while (!kept.isEmpty() && (all || kept.getLast().idleSince() - oldest <= 0)) {
            idleCount--;
            kept.removeLast().discard();
        }
    }

    /** Closes idle connections, and busy ones as they are given back. */
    void close() {
        closed = true;
        closeStale(System.nanoTime());
    }
}
