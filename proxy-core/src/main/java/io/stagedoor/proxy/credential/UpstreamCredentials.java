package io.stagedoor.proxy.credential;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The credentials of all upstreams, by the upstream's configured name.
 *
 * <p>{@link #current} never waits and is meant for the event loop; {@link #credentialFor} may wait
 * and is meant for virtual threads. After {@link #start} each credential is acquired at once and
 * renewed ahead of its expiry in the background, so that with a healthy authority no request ever
 * waits. All methods may be called from any thread.
 */
public final class UpstreamCredentials implements AutoCloseable {

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Map<String, RenewingCredential> byUpstream;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private UpstreamCredentials(Map<String, RenewingCredential> byUpstream) {
        this.byUpstream = byUpstream;
    }

    /** Starts describing the credentials. */
    public static Builder builder(InstantSource clock) {
        return new Builder(clock);
    }

    /**
     * Joins credentials that are started and closed by themselves.
     *
     * @param parts each upstream once
     */
    public static UpstreamCredentials joined(Collection<UpstreamCredentials> parts) {
        Map<String, RenewingCredential> all = new LinkedHashMap<>();
        parts.forEach(part -> all.putAll(part.byUpstream));
        return new UpstreamCredentials(Collections.unmodifiableMap(all));
    }

    /**
     * Begins to acquire all credentials and to keep them current, until {@link #close}. Has no effect
     * once begun.
     */
    public void start() {
        if (started.compareAndSet(false, true)) {
            Thread.ofVirtual().name("credential-renewal").start(this::renewUntilClosed);
        }
    }

    /**
     * Returns the credential of an upstream if one is usable now; never waits.
     *
     * <p>Empty when there is none yet, or the last has expired, or the name is not configured: then
     * {@link #credentialFor} finds out which.
     */
    public Optional<UpstreamCredential> current(String upstream) {
        return Optional.ofNullable(byUpstream.get(upstream)).flatMap(RenewingCredential::current);
    }

    /**
     * Returns the credential of an upstream, acquiring one if need be; may wait up to a minute.
     * Callers that arrive together share one acquisition.
     *
     * @throws RefusedException {@code credential_unavailable} if there is none and none can be had
     *     now; what the authority said stands in {@link #health}, not in the refusal
     */
    public UpstreamCredential credentialFor(String upstream) throws RefusedException {
        RenewingCredential credential = byUpstream.get(upstream);
        if (credential == null) {
            throw unavailable(upstream);
        }
        try {
            return credential.await();
        } catch (TokenUnavailableException _) {
            throw unavailable(upstream);
        }
    }

    /**
     * Says that the upstream answered 401 to this credential, so that the next call acquires
     * another.
     *
     * @return whether it was dropped; false if another is already in use, or if one was dropped
     *     less than thirty seconds ago
     */
    public boolean invalidate(String upstream, UpstreamCredential refused) {
        RenewingCredential credential = byUpstream.get(upstream);
        return credential != null && credential.invalidate(refused);
    }

    /** Returns how each credential is doing, in the order of configuration. */
    public List<CredentialHealth> health() {
        return byUpstream.values().stream().map(RenewingCredential::health).toList();
    }

    /** Stops renewing; what is held stays usable until it expires. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** Starts what is due; called every second after {@link #start}. */
    void renewDue() {
        byUpstream.values().forEach(RenewingCredential::renewIfDue);
    }

    private void renewUntilClosed() {
        try {
            do {
                renewDue();
            } while (!closed.await(TICK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static RefusedException unavailable(String upstream) {
        return RefusedException.of(
                Code.CREDENTIAL_UNAVAILABLE,
                "the proxy has no credential for `" + upstream + "` at present",
                "try again shortly; if it stays, the operator finds the cause in the health view");
    }

    /** Collects the credentials; used by one thread. */
    public static final class Builder {

        private final InstantSource clock;
        private final Map<String, RenewingCredential> byUpstream = new LinkedHashMap<>();

        private Builder(InstantSource clock) {
            this.clock = clock;
        }

        /**
         * Adds the credential of one upstream.
         *
         * @param upstream the upstream's configured name
         * @param source where it comes from
         * @param authority whom Azure Identity asks; not used for a static bearer
         * @throws IllegalArgumentException if the name was added before
         */
        public Builder add(String upstream, CredentialSource source, TokenAuthority authority) {
            return add(upstream, source.kind(), tokens(source, authority));
        }

        Builder add(String upstream, String kind, TokenSource tokens) {
            RenewingCredential credential = new RenewingCredential(upstream, kind, tokens, clock);
            if (byUpstream.putIfAbsent(upstream, credential) != null) {
                throw new IllegalArgumentException(
                        "upstream `" + upstream + "` has two credentials");
            }
            return this;
        }

        /** Makes the credentials; nothing is acquired before {@link UpstreamCredentials#start}. */
        public UpstreamCredentials build() {
            return new UpstreamCredentials(
                    Collections.unmodifiableMap(new LinkedHashMap<>(byUpstream)));
        }

        private TokenSource tokens(CredentialSource source, TokenAuthority authority) {
            return source instanceof CredentialSource.StaticBearer fixed
                    ? new StaticTokenSource(fixed.token(), clock)
                    : new AzureTokenSource(source, authority, clock);
        }
    }
}
