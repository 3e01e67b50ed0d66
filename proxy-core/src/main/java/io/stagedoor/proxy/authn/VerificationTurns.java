package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds how many signatures are verified at a time, since each costs up to a millisecond of processor
 * time and strangers can ask for it. Waiting for keys needs no turn.
 *
 * <p>Those who wait take turns by client: whoever sends a thousand forged tokens waits for their own,
 * and everybody else for one of each client at most. Safe for use by many threads.
 */
final class VerificationTurns {

    private static final class Waiter {
        private final Semaphore called = new Semaphore(0);
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Duration patience;

    /** By client; the client at the head is the next one. None has an empty queue. */
    private final Map<String, Queue<Waiter>> waiting = new LinkedHashMap<>();

    private int free;

    VerificationTurns(int atATime, Duration patience) {
        this.free = atATime;
        this.patience = patience;
    }

    /**
     * Waits for a turn; every turn begun must be ended.
     *
     * @param client whom the request comes from
     * @throws RefusedException with {@code overloaded} if none comes in time
     */
    void begin(String client) throws RefusedException {
        Optional<Waiter> place = takeOrQueue(client);
        if (place.isPresent() && !isCalled(place.get()) && leave(client, place.get())) {
            throw RefusedException.of(
                    Code.OVERLOADED, "too many tokens are being verified", "try again in a second");
        }
    }

    private Optional<Waiter> takeOrQueue(String client) {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return Optional.empty();
            }
            Waiter waiter = new Waiter();
            waiting.computeIfAbsent(client, _ -> new ArrayDeque<>()).add(waiter);
            return Optional.of(waiter);
        } finally {
            lock.unlock();
        }
    }

    private boolean isCalled(Waiter waiter) {
        try {
            return waiter.called.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives up waiting, and returns whether no turn has come after all. */
    private boolean leave(String client, Waiter waiter) {
        lock.lock();
        try {
            Queue<Waiter> own = waiting.getOrDefault(client, new ArrayDeque<>());
            boolean left = own.remove(waiter);
            if (left && own.isEmpty()) {
                waiting.remove(client);
            }
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the turn, and gives it to the next client. */
    void end() {
        lock.lock();
        try {
            Iterator<Map.Entry<String, Queue<Waiter>>> clients = waiting.entrySet().iterator();
            if (!clients.hasNext()) {
                free++;
                return;
            }
            Map.Entry<String, Queue<Waiter>> next = clients.next();
            String client = next.getKey();
            Queue<Waiter> own = next.getValue();
            clients.remove();
            own.remove().called.release();
            if (!own.isEmpty()) {
                waiting.put(client, own);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many wait. */
    int waiting() {
        lock.lock();
        try {
            return waiting.values().stream().mapToInt(Queue::size).sum();
        } finally {
            lock.unlock();
        }
    }
}
