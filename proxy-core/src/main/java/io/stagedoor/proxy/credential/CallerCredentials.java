package io.stagedoor.proxy.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.stagedoor.policy.principal.PrincipalId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Credentials of one service that the proxy gets in exchange for its callers' own tokens: one for each
 * token, never shown for another.
 *
 * <p>They are known by the principal and the digest of its token, for as long as that token is valid;
 * no caller's token is kept. Each follows the rules of {@link RenewingCredential}: callers that arrive
 * together share one exchange, a failure is not repeated until it has cooled down, and a newer
 * credential is fetched ahead of expiry when the token is next shown. Bounded.
 */
final class CallerCredentials implements CredentialMeans {

    private static final int MOST = 20_000;

    private static final Duration LONGEST_STAY = Duration.ofHours(24);

    private record Key(PrincipalId principal, CallerTokenDigest token) {}

    /** What is held for one token. */
    private record Held(RenewingCredential credential, Instant tokenExpiresAt) {}

    private final String service;
    private final String kind;
    private final TokenSource source;
    private final InstantSource clock;
    private final Cache<Key, Held> byToken;

    /** How the last exchange failed for a reason of the proxy's own; any thread's. */
    private volatile Optional<CredentialHealth> lastFailed = Optional.empty();

    CallerCredentials(String service, String kind, TokenSource source, InstantSource clock) {
        this(service, kind, source, clock, MOST);
    }

    /**
     * Makes them with a bound of their own.
     *
     * @param most for how many tokens something is held at a time
     */
    CallerCredentials(
            String service, String kind, TokenSource source, InstantSource clock, int most) {
        this.service = service;
        this.kind = kind;
        this.source = source;
        this.clock = clock;
        this.byToken =
                Caffeine.newBuilder()
                        .maximumSize(most)
                        .expireAfter(Expiry.creating((Key _, Held held) -> stay(held)))
                        .ticker(this::nanos)
                        .executor(Runnable::run)
                        .build();
    }

    private long nanos() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    private Duration stay(Held held) {
        Duration left = Duration.between(clock.instant(), held.tokenExpiresAt());
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public Optional<UpstreamCredential> atHand(CredentialDemand demand) {
        Held held = byToken.getIfPresent(keyOf(demand));
        if (held == null) {
            return Optional.empty();
        }
        Optional<UpstreamCredential> usable = held.credential().current();
        if (usable.isPresent()) {
            held.credential().renewIfDue(demand);
        }
        return usable;
    }

    @Override
    public UpstreamCredential acquire(CredentialDemand demand) throws TokenUnavailableException {
        RenewingCredential credential = byToken.get(keyOf(demand), _ -> held(demand)).credential();
        try {
            UpstreamCredential acquired = credential.await(demand);
            lastFailed = Optional.empty();
            return acquired;
        } catch (TokenUnavailableException failure) {
            if (failure.refusal().isEmpty()) {
                lastFailed = Optional.of(credential.health());
            }
            throw failure;
        }
    }

    private Held held(CredentialDemand demand) {
        Instant longest = clock.instant().plus(LONGEST_STAY);
        Instant end =
                CallerToken.expiryOf(demand.caller().token())
                        .filter(longest::isAfter)
                        .orElse(longest);
        return new Held(new RenewingCredential(service, kind, source, clock), end);
    }

    private static Key keyOf(CredentialDemand demand) {
        CallerProof caller = demand.caller();
        return new Key(caller.principal(), CallerTokenDigest.of(caller.token()));
    }

    /** Looks at every credential: it is known by what the service refused, and not by its caller. */
    @Override
    public void refused(UpstreamCredential credential) {
        byToken.asMap().values().stream()
                .map(Held::credential)
                .filter(each -> each.holds(credential))
                .forEach(each -> each.invalidate(credential));
    }

    /** Nobody's credential is missing until a caller comes, so this tells of failures alone. */
    @Override
    public CredentialHealth health() {
        Optional<CredentialHealth> failed = lastFailed;
        return new CredentialHealth(
                service,
                kind,
                Optional.empty(),
                failed.map(CredentialHealth::failures).orElse(0),
                failed.flatMap(CredentialHealth::lastFailure),
                failed.flatMap(CredentialHealth::lastFailureAt));
    }

    @Override
    public List<SecretExpiry> expiries() {
        return source.expiries();
    }

    @Override
    public boolean takesToken() {
        return true;
    }

    /** Returns for how many tokens something is held. */
    long size() {
        byToken.cleanUp();
        return byToken.estimatedSize();
    }

    @Override
    public void close() {
        byToken.invalidateAll();
    }
}
