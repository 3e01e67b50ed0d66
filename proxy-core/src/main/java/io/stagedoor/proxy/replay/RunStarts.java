package io.stagedoor.proxy.replay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The run-starting calls of the last minutes and their answers.
 *
 * <p>Bounded in number and time: an entry that has fallen out is forgotten, and a repetition after
 * that is a first call again. Safe to use from any thread; nothing blocks.
 */
public final class RunStarts {

    private final Cache<RunStartKey, CompletableFuture<KeptAnswer>> calls;

    /**
     * Makes an empty memory.
     *
     * @param keep how long a call is remembered after it was first seen
     * @param limit the largest number of calls remembered
     */
    public RunStarts(Duration keep, long limit, Ticker ticker) {
        calls =
                Caffeine.newBuilder()
                        .expireAfterWrite(keep)
                        .maximumSize(limit)
                        .ticker(ticker)
                        .build();
    }

    /** Remembers calls so long from now on, those that are remembered already too. */
    public void keep(Duration keep) {
        calls.policy().expireAfterWrite().ifPresent(expiry -> expiry.setExpiresAfter(keep));
    }

    /** Finds out whether a call is the first with its key or a repetition. */
    public RunStart claim(RunStartKey key) {
        CompletableFuture<KeptAnswer> mine = new CompletableFuture<>();
        CompletableFuture<KeptAnswer> first = calls.asMap().putIfAbsent(key, mine);
        if (first != null) {
            return new RunStart.Repeat(first.minimalCompletionStage());
        }
        return new RunStart.First(new CallTicket(key, mine));
    }

    private final class CallTicket implements RunStart.Ticket {

        private final RunStartKey key;
        private final CompletableFuture<KeptAnswer> call;

        CallTicket(RunStartKey key, CompletableFuture<KeptAnswer> call) {
            this.key = key;
            this.call = call;
        }

        @Override
        public void answered(KeptAnswer answer) {
            call.complete(answer);
        }

        @Override
        public void notStarted() {
            calls.asMap().remove(key, call);
            call.completeExceptionally(new RunStart.NeverSentException());
        }
    }
}
