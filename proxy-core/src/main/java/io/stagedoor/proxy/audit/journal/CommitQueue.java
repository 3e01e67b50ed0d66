package io.stagedoor.proxy.audit.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bounded queue between the threads that append and the one that writes.
 *
 * <p>A batch is due at once when somebody waits for one of its events; when none does, it may gather
 * for a moment, so that reads alone cost few commits. Safe for many appending
 * threads; the methods about batches are for the writer thread.
 */
final class CommitQueue {
    private static final int LARGEST_BATCH = 4096;

    /** Longer, and what waits is copied about by the collector more than a commit costs. */
    private static final long LONGEST_GATHERING = Duration.ofMillis(20).toNanos();

    private final int capacity;
    private final long window;
    private final long gathering;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private int awaited;
    private int inFlight;
    private long inFlightSince;
    private Optional<String> failure = Optional.empty();
    private boolean closed;

    CommitQueue(int capacity, Duration window) {
        this.capacity = capacity;
        this.window = window.toNanos();
        this.gathering = Math.min(this.window / 4, LONGEST_GATHERING);
    }

    /** Takes in an event, or gives the reason why not. */
    Optional<String> offer(Pending pending) {
        lock.lock();
        try {
            Optional<String> refusal = refusal(pending);
            if (refusal.isEmpty()) {
                add(pending);
            }
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    /** Takes in what the journal itself has to say before anybody else, however much it is. */
    void offerAtStart(Pending pending) {
        lock.lock();
        try {
            add(pending);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a batch is due and gives it; gives an empty one when nothing came for so long. */
    List<Pending> take(Duration idle) throws InterruptedException {
        lock.lock();
        try {
            long idleAt = System.nanoTime() + idle.toNanos();
            long wait = untilDue(idleAt);
            while (wait > 0) {
                changed.awaitNanos(wait);
                wait = untilDue(idleAt);
            }
            return drain();
        } finally {
            lock.unlock();
        }
    }

    /** Says that the batch taken last is on disk. */
    void committed() {
        lock.lock();
        try {
            inFlight = 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that writing failed: keeps what rode along for later, and gives everything that somebody
     * waits for, to be told.
     */
    List<Pending.Awaited> failed(String reason, List<Pending> unwritten) {
        lock.lock();
        try {
            List<Pending> all = new ArrayList<>(unwritten);
            all.addAll(waiting);
            List<Pending.Awaited> disappointed = new ArrayList<>();
            waiting.clear();
            awaited = 0;
            inFlight = 0;
            failure = Optional.of(reason);
            all.forEach(pending -> sort(pending, disappointed));
            return disappointed;
        } finally {
            lock.unlock();
        }
    }

    /** Says that writing works again. */
    void recovered() {
        lock.lock();
        try {
            failure = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so long, or until the queue is closed. */
    void pause(Duration duration) throws InterruptedException {
        lock.lock();
        try {
            long until = System.nanoTime() + duration.toNanos();
            long left = duration.toNanos();
            while (left > 0 && !closed) {
                changed.awaitNanos(left);
                left = until - System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Refuses everything from now on; what is in it can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return state().closed();
    }

    /** Gives how it stands now. */
    State state() {
        lock.lock();
        try {
            Duration age = Duration.ofNanos(Math.max(0, oldestAge()));
            return new State(waiting.size() + inFlight, age, isLate(), failure, closed);
        } finally {
            lock.unlock();
        }
    }

    /**
     * How a queue stands.
     *
     * @param size how many events are not on disk
     * @param oldest the age of the oldest of them
     * @param late whether that is beyond the window
     * @param failure why writing failed, while it does
     * @param closed whether the queue is closed
     */
    record State(
            int size, Duration oldest, boolean late, Optional<String> failure, boolean closed) {}

    private Optional<String> refusal(Pending pending) {
        int room = pending.hasHappened() ? 2 * capacity : capacity;
        if (closed) {
            return Optional.of("the journal is closed");
        }
        if (waiting.size() + inFlight >= room) {
            return Optional.of("the journal's queue is full");
        }
        if (pending.hasHappened()) {
            return Optional.empty();
        }
        if (failure.isPresent() && pending instanceof Pending.Awaited) {
            return failure;
        }
        return isLate()
                ? Optional.of(failure.orElse("the disk is slower than the stated window"))
                : Optional.empty();
    }

    private void add(Pending pending) {
        waiting.addLast(pending);
        awaited += pending instanceof Pending.Awaited ? 1 : 0;
        if (pending instanceof Pending.Awaited
                || waiting.size() == 1
                || waiting.size() == capacity / 2) {
            changed.signal();
        }
    }

    private void sort(Pending pending, List<Pending.Awaited> disappointed) {
        switch (pending) {
            case Pending.Awaited one -> disappointed.add(one);
            case Pending.Riding one -> waiting.addLast(one);
        }
    }

    private long untilDue(long idleAt) {
        long now = System.nanoTime();
        if (closed || awaited > 0 || waiting.size() >= Math.max(1, capacity / 2)) {
            return 0;
        }
        return waiting.isEmpty() ? idleAt - now : waiting.getFirst().acceptedAt() + gathering - now;
    }

    private List<Pending> drain() {
        int count = Math.min(waiting.size(), LARGEST_BATCH);
        List<Pending> batch = new ArrayList<>(count);
        while (batch.size() < count) {
            Pending pending = waiting.removeFirst();
            awaited -= pending instanceof Pending.Awaited ? 1 : 0;
            batch.add(pending);
        }
        inFlight = count;
        inFlightSince = batch.isEmpty() ? 0 : batch.getFirst().acceptedAt();
        return batch;
    }

    private boolean isLate() {
        return oldestAge() > window;
    }

    private long oldestAge() {
        if (inFlight > 0) {
            return System.nanoTime() - inFlightSince;
        }
        return waiting.isEmpty() ? -1 : System.nanoTime() - waiting.getFirst().acceptedAt();
    }
}
