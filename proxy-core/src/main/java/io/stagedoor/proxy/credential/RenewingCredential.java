package io.stagedoor.proxy.credential;

import io.stagedoor.proxy.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One credential, kept current: the one that all callers of a service share, or that of one caller.
 *
 * <p>Reading is one volatile read and may happen on any thread. Acquiring happens on a virtual
 * thread of its own, at most one at a time, and never under the lock, which guards only the
 * transitions between states. A failed acquisition keeps what is held until that expires, and stops
 * further attempts for a cool-down that doubles from one second to one minute.
 */
final class RenewingCredential {

    static final Duration LONGEST_ACQUISITION = Duration.ofSeconds(60);
    static final Duration FIRST_COOL_DOWN = Duration.ofSeconds(1);
    static final Duration LONGEST_COOL_DOWN = Duration.ofMinutes(1);
    static final Duration INVALIDATION_DISTANCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(RenewingCredential.class);

    private final String upstream;
    private final String kind;
    private final TokenSource source;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** Written under the lock; read without it. */
    private volatile CredentialState state = CredentialState.EMPTY;

    /** The acquisition under way; guarded by the lock. */
    private Optional<CompletableFuture<UpstreamCredential>> underWay = Optional.empty();

    RenewingCredential(String upstream, String kind, TokenSource source, InstantSource clock) {
        this.upstream = upstream;
        this.kind = kind;
        this.source = source;
        this.clock = clock;
    }

    /** Returns the credential if one is usable now; never waits. */
    Optional<UpstreamCredential> current() {
        Instant now = clock.instant();
        return state.token().filter(t -> t.usableAt(now)).map(AcquiredToken::credential);
    }

    /**
     * Returns a usable credential, waiting for one to be acquired if there is none.
     *
     * @throws TokenUnavailableException if none could be had, or the last attempt failed so
     *     recently that none is made now
     */
    UpstreamCredential await(CredentialDemand demand) throws TokenUnavailableException {
        Optional<UpstreamCredential> held = current();
        if (held.isPresent()) {
            return held.get();
        }
        CompletableFuture<UpstreamCredential> acquisition =
                begin(demand).orElseThrow(this::lastFailure);
        try {
            return acquisition.get();
        } catch (ExecutionException failure) {
            throw failureOf(failure.getCause()).toException();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new TokenUnavailableException("interrupted while waiting for the " + kind);
        }
    }

    /** Starts an acquisition if a newer credential is due and none is under way; never waits. */
    void renewIfDue(CredentialDemand demand) {
        if (state.isRenewalDue(clock.instant())) {
            begin(demand);
        }
    }

    /**
     * Drops the given credential because the upstream refused it.
     *
     * @return whether it was dropped: not if it is no longer the one in use, nor if one was dropped
     *     less than thirty seconds ago, since an upstream that refuses every credential must not
     *     make the proxy ask for a new one at the rate of its requests
     */
    boolean invalidate(UpstreamCredential refused) {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (!state.holds(refused) || !state.mayInvalidate(now, INVALIDATION_DISTANCE)) {
                return false;
            }
            state = state.invalidated(now);
        } finally {
            lock.unlock();
        }
        LOG.atWarn()
                .addKeyValue("upstream", upstream)
                .addKeyValue("credential", kind)
                .log("the upstream refused the credential; another is acquired");
        return true;
    }

    /** Returns whether this is the credential in use. */
    boolean holds(UpstreamCredential credential) {
        return state.holds(credential);
    }

    CredentialHealth health() {
        CredentialState now = state;
        return new CredentialHealth(
                upstream,
                kind,
                current().map(UpstreamCredential::expiresAt),
                now.failures(),
                now.lastFailure().map(CredentialState.Failure::reason),
                now.lastFailure().map(CredentialState.Failure::at));
    }

    /** Joins the acquisition under way or starts one; empty while cooling down after a failure. */
    private Optional<CompletableFuture<UpstreamCredential>> begin(CredentialDemand demand) {
        lock.lock();
        try {
            if (underWay.isEmpty() && !state.isCoolingDown(clock.instant())) {
                underWay = Optional.of(launch(demand));
            }
            return underWay;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts an acquisition; what it returns completes after the state has taken the outcome in,
     * which cannot happen before the caller gives up the lock.
     */
    private CompletableFuture<UpstreamCredential> launch(CredentialDemand demand) {
        CompletableFuture<AcquiredToken> attempt = new CompletableFuture<>();
        Thread worker =
                Thread.ofVirtual()
                        .name("credential-" + upstream)
                        .unstarted(() -> completeFromSource(attempt, demand));
        CompletableFuture<UpstreamCredential> settled =
                attempt.orTimeout(LONGEST_ACQUISITION.toMillis(), TimeUnit.MILLISECONDS)
                        .handle(
                                (token, failure) -> {
                                    if (failure instanceof TimeoutException) {
                                        worker.interrupt();
                                    }
                                    return settle(Optional.ofNullable(token), failure);
                                });
        worker.start();
        return settled;
    }

    private void completeFromSource(
            CompletableFuture<AcquiredToken> attempt, CredentialDemand demand) {
        try {
            attempt.complete(source.acquire(demand));
        } catch (TokenUnavailableException | RuntimeException failure) {
            attempt.completeExceptionally(failure);
        }
    }

    private UpstreamCredential settle(Optional<AcquiredToken> token, @Nullable Throwable failure) {
        lock.lock();
        try {
            underWay = Optional.empty();
            state = token.map(state::acquired).orElseGet(() -> state.failed(failureOf(failure)));
        } finally {
            lock.unlock();
        }
        if (token.isEmpty()) {
            logFailure();
            throw new CompletionException(lastFailure());
        }
        return token.get().credential();
    }

    /** What concerns one caller alone is not the operator's to mend. */
    private void logFailure() {
        CredentialState failed = state;
        boolean ofCaller =
                failed.lastFailure().flatMap(CredentialState.Failure::refusal).isPresent();
        LOG.atLevel(ofCaller ? Level.INFO : Level.WARN)
                .addKeyValue("upstream", upstream)
                .addKeyValue("credential", kind)
                .addKeyValue("failures", failed.failures())
                .addKeyValue("reason", lastFailure().getMessage())
                .addKeyValue("usable", current().isPresent())
                .log("no new credential for the upstream");
    }

    private TokenUnavailableException lastFailure() {
        return state.lastFailure()
                .map(CredentialState.Failure::toException)
                .orElseGet(() -> new TokenUnavailableException("no credential has been acquired"));
    }

    private CredentialState.Failure failureOf(@Nullable Throwable failure) {
        Optional<Refusal> refusal =
                failure instanceof TokenUnavailableException said
                        ? said.refusal()
                        : Optional.empty();
        return new CredentialState.Failure(describe(failure), refusal, clock.instant());
    }

    private String describe(@Nullable Throwable failure) {
        return switch (failure) {
            case TokenUnavailableException said -> SecretFreeText.of(said, Optional.empty());
            case TimeoutException _ ->
                    "the " + kind + " did not answer within " + LONGEST_ACQUISITION;
            case null, default -> "the " + kind + " failed unexpectedly";
        };
    }
}
