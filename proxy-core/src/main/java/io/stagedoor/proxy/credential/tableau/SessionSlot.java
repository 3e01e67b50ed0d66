package io.stagedoor.proxy.credential.tableau;

import io.stagedoor.proxy.credential.TokenUnavailableException;
import io.stagedoor.proxy.credential.UpstreamCredential;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The session of one key, kept current while it is used.
 *
 * <p>Reading is one volatile read and may happen on any thread. A session is opened on a virtual
 * thread of its own, one at a time, and never under the lock, which guards only the transitions. Nobody
 * is signed in who does not ask: one that is due to be renewed is renewed by its next use.
 */
final class SessionSlot {

    /** An upstream that refuses every session must not be signed in to at the rate of requests. */
    static final Duration REFUSAL_DISTANCE = Duration.ofSeconds(30);

    private final SessionKey key;
    private final SessionWork work;
    private final ReentrantLock lock = new ReentrantLock();

    /** Written under the lock; read without it. */
    private volatile Optional<HeldSession> held = Optional.empty();

    private Optional<CompletableFuture<HeldSession>> underWay = Optional.empty();
    private Instant refusedAt = Instant.MIN;
    private boolean ended;

    SessionSlot(SessionKey key, SessionWork work) {
        this.key = key;
        this.work = work;
    }

    /** Returns the session if it is usable now; never waits. */
    Optional<HeldSession> atHand() {
        Instant now = work.now();
        Optional<HeldSession> usable = held.filter(it -> it.usableAt(now));
        if (usable.filter(it -> !now.isBefore(it.renewAt())).isPresent()) {
            var _ = begin();
        }
        return usable;
    }

    /**
     * Returns a usable session, opening one if there is none; those who arrive together share it.
     *
     * @throws TokenUnavailableException if none can be had now
     */
    HeldSession await() throws TokenUnavailableException {
        Optional<HeldSession> usable = atHand();
        if (usable.isPresent()) {
            return usable.get();
        }
        try {
            return begin().get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof TokenUnavailableException known
                    ? known
                    : new TokenUnavailableException("signing in failed unexpectedly");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new TokenUnavailableException("interrupted while signing in");
        }
    }

    /**
     * Drops the session if this is its credential, because the upstream refused it.
     *
     * @return whether it was dropped: not if another is in use already, nor if one was dropped less
     *     than thirty seconds ago
     */
    boolean refused(UpstreamCredential credential) {
        lock.lock();
        try {
            Instant now = work.now();
            Optional<HeldSession> mine = held.filter(it -> it.credential().equals(credential));
            if (mine.isEmpty() || now.isBefore(nextRefusal())) {
                return false;
            }
            refusedAt = now;
            held = Optional.empty();
            work.replaced(mine.get());
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Instant nextRefusal() {
        return refusedAt.equals(Instant.MIN) ? refusedAt : refusedAt.plus(REFUSAL_DISTANCE);
    }

    /** Opens or renews the session in the background if it is due. */
    void keep() {
        if (atHand().isEmpty()) {
            var _ = begin();
        }
    }

    /** Gives up what is held; who was still to get a session gets it for a short while. */
    void end() {
        lock.lock();
        try {
            ended = true;
            held.ifPresent(work::unused);
            held = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Opens a session unless one is being opened, or was opened meanwhile. */
    private CompletableFuture<HeldSession> begin() {
        lock.lock();
        try {
            Instant now = work.now();
            Optional<HeldSession> fresh =
                    held.filter(it -> it.usableAt(now) && now.isBefore(it.renewAt()));
            if (fresh.isPresent()) {
                return CompletableFuture.completedFuture(fresh.get());
            }
            if (underWay.isEmpty()) {
                CompletableFuture<HeldSession> opened = new CompletableFuture<>();
                underWay = Optional.of(opened.handle(this::settle));
                Thread.ofVirtual().name("tableau-sign-in").start(() -> open(opened));
            }
            return underWay.get();
        } finally {
            lock.unlock();
        }
    }

    private void open(CompletableFuture<HeldSession> opened) {
        try {
            opened.complete(work.open(key));
        } catch (TokenUnavailableException | RuntimeException failure) {
            opened.completeExceptionally(failure);
        }
    }

    private HeldSession settle(@Nullable HeldSession fresh, @Nullable Throwable failure) {
        lock.lock();
        try {
            underWay = Optional.empty();
            if (fresh == null) {
                throw new CompletionException(failure);
            }
            if (ended) {
                work.replaced(fresh);
            } else {
                held.ifPresent(work::replaced);
                held = Optional.of(fresh);
            }
            return fresh;
        } finally {
            lock.unlock();
        }
    }
}
