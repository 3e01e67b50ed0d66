package io.stagedoor.proxy.listener;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The client connections that are open; {@link ConnectionGate} keeps their number in bounds.
 *
 * <p>Used by all event loops; every method is safe to call from any thread.
 */
final class OpenConnections {

    private final Set<ClientHandler> open = ConcurrentHashMap.newKeySet();
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
    boolean add(ClientHandler connection) {
        if (draining) {
            return false;
        }
        open.add(connection);
        return true;
    }

    void remove(ClientHandler connection) {
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
        for (ClientHandler connection : open) {
            connection.closeIfLate(now, limits);
        }
    }

    /** Closes idle connections now and lets the busy ones close after their answer. */
    void drain() {
        draining = true;
        for (ClientHandler connection : open) {
            connection.eventLoop().execute(connection::closeIfIdle);
        }
    }

    /** Closes all connections, whatever they are doing. */
    void closeAll() {
        for (ClientHandler connection : open) {
            connection.eventLoop().execute(connection::abort);
        }
    }
}
