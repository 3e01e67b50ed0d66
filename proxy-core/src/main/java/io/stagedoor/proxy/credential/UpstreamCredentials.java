package io.stagedoor.proxy.credential;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
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
 * The credentials of all services behind the proxy, by their configured names.
 *
 * <p>{@link #atHand} never waits and is meant for the event loop; {@link #credentialFor} may wait
 * and is meant for virtual threads. After {@link #start} each credential is acquired at once and
 * renewed ahead of its expiry in the background, so that with a healthy authority no request ever
 * waits. All methods may be called from any thread.
 */
public final class UpstreamCredentials implements AutoCloseable {

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Map<String, CredentialMeans> byService;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private UpstreamCredentials(Map<String, CredentialMeans> byService) {
        this.byService = byService;
    }

    /** Starts describing the credentials. */
    public static Builder builder(InstantSource clock) {
        return new Builder(clock);
    }

    /**
     * Joins credentials that are started and closed by themselves.
     *
     * @param parts each service once
     */
    public static UpstreamCredentials joined(Collection<UpstreamCredentials> parts) {
        Map<String, CredentialMeans> all = new LinkedHashMap<>();
        parts.forEach(part -> all.putAll(part.byService));
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
     * Returns the credential for a demand if one is usable now; never waits.
     *
     * <p>Empty when there is none yet, or the last has expired, or the service is not configured: then
     * {@link #credentialFor} finds out which.
     */
    public Optional<UpstreamCredential> atHand(CredentialDemand demand) {
        CredentialMeans means = byService.get(demand.service());
        return means == null ? Optional.empty() : means.atHand(demand);
    }

    /** Returns whether demands for a service must bring the caller's token. */
    public boolean takesToken(String service) {
        CredentialMeans means = byService.get(service);
        return means != null && means.takesToken();
    }

    /**
     * Returns the credential for a demand, acquiring one if need be; may wait up to a minute. Callers
     * that arrive together share one acquisition.
     *
     * @throws RefusedException {@code credential_unavailable} if there is none and none can be had
     *     now: what the authority said stands in {@link #health}, not in the refusal. Where the cause
     *     concerns the caller, the refusal says what the caller can do
     */
    public UpstreamCredential credentialFor(CredentialDemand demand) throws RefusedException {
        CredentialMeans means = byService.get(demand.service());
        if (means == null) {
            throw new RefusedException(unavailable(demand.service()));
        }
        try {
            return means.acquire(demand);
        } catch (TokenUnavailableException none) {
            throw new RefusedException(
                    none.refusal().orElseGet(() -> unavailable(demand.service())));
        }
    }

    /** Says that a service answered 401 to this credential, so that the next demand gets another. */
    public void refused(String service, UpstreamCredential credential) {
        CredentialMeans means = byService.get(service);
        if (means != null) {
            means.refused(credential);
        }
    }

    /** Returns how each credential is doing, in the order of configuration. */
    public List<CredentialHealth> health() {
        return byService.values().stream().map(CredentialMeans::health).toList();
    }

    /** Returns when what stops working that credentials are got with, by service. */
    public Map<String, List<SecretExpiry>> expiries() {
        Map<String, List<SecretExpiry>> known = new LinkedHashMap<>();
        byService.forEach((service, means) -> known.put(service, means.expiries()));
        return known;
    }

    /** Stops renewing, and closes all means. */
    @Override
    public void close() {
        closed.countDown();
        byService.values().forEach(CredentialMeans::close);
    }

    /** Starts what is due; called every second after {@link #start}. */
    void renewDue() {
        byService.values().forEach(CredentialMeans::renewDue);
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

    private static Refusal unavailable(String service) {
        return Refusal.of(
                Code.CREDENTIAL_UNAVAILABLE,
                "the proxy has no credential for `" + service + "` at present",
                "try again shortly; if it stays, the operator finds the cause in the health view");
    }

    /** Collects the credentials; used by one thread. */
    public static final class Builder {

        private final InstantSource clock;
        private final Map<String, CredentialMeans> byService = new LinkedHashMap<>();

        private Builder(InstantSource clock) {
            this.clock = clock;
        }

        /**
         * Adds the means of one service.
         *
         * @param service the service's configured name
         * @param source where it comes from
         * @param authority whom Azure Identity asks; not used for a static bearer
         * @throws IllegalArgumentException if the name was added before
         */
        public Builder add(String service, CredentialSource source, TokenAuthority authority) {
            return add(service, means(service, source, authority));
        }

        Builder add(String service, String kind, TokenSource tokens) {
            return add(service, new SharedCredential(service, kind, tokens, clock));
        }

        /**
         * Adds the means of one service.
         *
         * @throws IllegalArgumentException if the service was added before
         */
        public Builder add(String service, CredentialMeans means) {
            if (byService.putIfAbsent(service, means) != null) {
                throw new IllegalArgumentException("service `" + service + "` has two credentials");
            }
            return this;
        }

        /** Makes the credentials; nothing is acquired before {@link UpstreamCredentials#start}. */
        public UpstreamCredentials build() {
            return new UpstreamCredentials(
                    Collections.unmodifiableMap(new LinkedHashMap<>(byService)));
        }

        private CredentialMeans means(
                String service, CredentialSource source, TokenAuthority authority) {
            return switch (source) {
                case CredentialSource.ManagedIdentity identity ->
                        shared(service, source, AzureTokenSource.of(identity, authority, clock));
                case CredentialSource.Application app ->
                        shared(service, source, AzureTokenSource.of(app, authority, clock));
                case CredentialSource.StaticBearer fixed ->
                        shared(service, source, new StaticTokenSource(fixed.token(), clock));
                case CredentialSource.OnBehalfOf users ->
                        new OwnAndCallers(
                                Optional.of(means(service, users.application(), authority)),
                                new CallerCredentials(
                                        service,
                                        users.kind(),
                                        AzureTokenSource.of(users, authority, clock),
                                        clock));
                case CredentialSource.PassThrough passed ->
                        new OwnAndCallers(
                                passed.own().map(own -> means(service, own, authority)),
                                new PassedThrough(service, passed.kind()));
            };
        }

        private CredentialMeans shared(
                String service, CredentialSource source, TokenSource tokens) {
            return new SharedCredential(service, source.kind(), tokens, clock);
        }
    }
}
