package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.refusal.RefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/**
 * Lets those who need the same token looked at wait for the one who looks. Blocks; for virtual
 * threads. Holds nothing once a look has ended.
 */
final class SharedLooks {

    /** Looks at a token. */
    @FunctionalInterface
    interface Look {
        VerifiedToken take() throws RefusedException;
    }

    private final ConcurrentMap<TokenDigest, CompletableFuture<VerifiedToken>> looks =
            new ConcurrentHashMap<>();

    /** Returns what the look brings, or that of another who began the same one before. */
    VerifiedToken take(TokenDigest digest, Look look) throws RefusedException {
        CompletableFuture<VerifiedToken> own = new CompletableFuture<>();
        CompletableFuture<VerifiedToken> begun = looks.putIfAbsent(digest, own);
        if (begun != null) {
            return outcomeOf(begun);
        }
        try {
            VerifiedToken token = look.take();
            own.complete(token);
            return token;
        } catch (RefusedException | RuntimeException failed) {
            own.completeExceptionally(failed);
            throw failed;
        } finally {
            looks.remove(digest, own);
        }
    }

    private static VerifiedToken outcomeOf(CompletableFuture<VerifiedToken> begun)
            throws RefusedException {
        try {
            return begun.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another looks at the token");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw new IllegalStateException("another failed to look at the token", failed);
        }
    }
}
