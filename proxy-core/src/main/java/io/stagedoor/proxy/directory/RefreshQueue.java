package io.stagedoor.proxy.directory;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Runs one refresh at a time, on virtual threads, and never gives a caller the outcome of a refresh
 * that began before the caller asked.
 *
 * <p>That is what a caller wants to know who has just changed something: a refresh already under way
 * may have read past the place. So whoever asks during a refresh waits for the one after it, and all
 * who ask during one share the next: however many ask, at most one runs and at most one waits.
 */
final class RefreshQueue {

    private final String name;
    private final Supplier<RefreshOutcome> refresh;
    private final ReentrantLock lock = new ReentrantLock();

    /** What callers of the running refresh wait for; guarded by the lock. */
    private Optional<CompletableFuture<RefreshOutcome>> running = Optional.empty();

    /** What callers who came during it wait for; guarded by the lock. */
    private Optional<CompletableFuture<RefreshOutcome>> next = Optional.empty();

    RefreshQueue(String name, Supplier<RefreshOutcome> refresh) {
        this.name = name;
        this.refresh = refresh;
    }

    /** Returns the outcome of a refresh that begins after this call; never waits itself. */
    CompletableFuture<RefreshOutcome> request() {
        lock.lock();
        try {
            if (running.isPresent()) {
                CompletableFuture<RefreshOutcome> waiting = next.orElseGet(CompletableFuture::new);
                next = Optional.of(waiting);
                return waiting.copy();
            }
            CompletableFuture<RefreshOutcome> started = new CompletableFuture<>();
            start(started);
            return started.copy();
        } finally {
            lock.unlock();
        }
    }

    private void start(CompletableFuture<RefreshOutcome> outcome) {
        running = Optional.of(outcome);
        Thread.ofVirtual().name(name).start(() -> run(outcome));
    }

    private void run(CompletableFuture<RefreshOutcome> outcome) {
        RefreshOutcome result =
                new RefreshOutcome.Failed("the reading ended abnormally", Optional.empty());
        try {
            result = refresh.get();
        } finally {
            settle(outcome, result);
        }
    }

    private void settle(CompletableFuture<RefreshOutcome> outcome, RefreshOutcome result) {
        lock.lock();
        try {
            running = Optional.empty();
            next.ifPresent(this::start);
            next = Optional.empty();
        } finally {
            lock.unlock();
        }
        outcome.complete(result);
    }
}
