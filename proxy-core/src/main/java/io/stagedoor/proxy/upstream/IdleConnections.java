package io.stagedoor.proxy.upstream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * The idle connections of one upstream on one event loop, the most recently used first.
 *
 * <p>Confined to that event loop. A connection that was idle for too long is not lent again: most
 * services close idle connections, and a request sent into a closing one has an unknown outcome.
 */
final class IdleConnections {

    private record Idle(UpstreamHandler connection, long since) {}

    private final Deque<Idle> idle = new ArrayDeque<>();
    private final int limit;
    private final Duration atMost;

    IdleConnections(int limit, Duration atMost) {
        this.limit = limit;
        this.atMost = atMost;
    }

    Optional<UpstreamHandler> take() {
        closeStale();
        while (!idle.isEmpty()) {
            UpstreamHandler connection = idle.pop().connection();
            if (connection.isActive()) {
                return Optional.of(connection);
            }
        }
        return Optional.empty();
    }

    void put(UpstreamHandler connection) {
        closeStale();
        if (idle.size() >= limit) {
            connection.close();
        } else {
            idle.push(new Idle(connection, System.nanoTime()));
            connection.read();
        }
    }

    void forget(UpstreamHandler connection) {
        Iterator<Idle> each = idle.iterator();
        while (each.hasNext()) {
            if (each.next().connection() == connection) {
                each.remove();
            }
        }
    }

    /** Closes what has been idle for too long; the oldest stand last. */
    void closeStale() {
        long now = System.nanoTime();
        while (!idle.isEmpty() && now - idle.getLast().since() >= atMost.toNanos()) {
            idle.removeLast().connection().close();
        }
    }

    void closeAll() {
        while (!idle.isEmpty()) {
            idle.removeLast().connection().close();
        }
    }

    int size() {
        return idle.size();
    }
}
