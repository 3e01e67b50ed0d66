package io.stagedoor.proxy.listener;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The client connections that are open; {@link ConnectionGate} keeps their number in bounds.
 *
 * <p>Used by all event loops; every method is safe to call from any thread.
 */
final class OpenConnections {

    private final Set<OpenConnection> open = ConcurrentHashMap.newKeySet();
    private final ListenerObserver observer;
    private volatile boolean draining;

    OpenConnections(ListenerObserver observer) {
        this.observer = observer;
    }

    /** Returns who is told of what is turned away. */
    ListenerObserver observer() {
        return observer;
    }

    /** Takes a new connection, or returns false if the listener drains. */
    boolean add(OpenConnection connection) {
        if (draining) {
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
        open.remove(connection);
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
