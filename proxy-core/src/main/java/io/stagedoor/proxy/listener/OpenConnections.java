package io.stagedoor.proxy.listener;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The client connections that are open, with their limit.
 *
 * <p>Used by all event loops; every method is safe to call from any thread.
 */
final class OpenConnections {

    private final Set<OpenConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final int limit;
    private volatile boolean draining;

    OpenConnections(int limit) {
        this.limit = limit;
    }

    /** Takes a new connection, or returns false if there are too many or the listener drains. */
    boolean add(OpenConnection connection) {
        if (draining) {
            return false;
        }
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            return false;
        }
        open.add(connection);
        return true;
    }

    /** Puts a connection in the place of the handshake that it began as. */
    void replace(OpenConnection handshake, OpenConnection connection) {
        open.add(connection);
        open.remove(handshake);
    }

    void remove(OpenConnection connection) {
        if (open.remove(connection)) {
            count.decrementAndGet();
        }
    }

    int size() {
        return open.size();
    }

    boolean isDraining() {
        return draining;
    }

    /** Closes the connections whose next request has been awaited for too long. */
    void closeLate(ListenerLimits limits) {
        long now = System.nanoTime();
        for (OpenConnection connection : open) {
            connection.closeIfLate(now, limits);
        }
    }

    /** Closes idle connections now and lets the busy ones close after their answer. */
    void drain() {
        draining = true;
        for (OpenConnection connection : open) {
            connection.eventLoop().execute(connection::drain);
        }
    }

    /** Closes all connections, whatever they are doing. */
    void closeAll() {
        for (OpenConnection connection : open) {
            connection.eventLoop().execute(connection::abort);
        }
    }
}
