package io.stagedoor.proxy.authn.keys;

import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import io.stagedoor.proxy.authn.keys.KeySet.Match;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signing keys of one issuer, kept current.
 *
 * <pre>
 *   first use, or too old       fetch while the caller waits          (pause after a failure)
 *   unknown key id              fetch while the caller waits          (cool-down after any fetch)
 *   older than refreshAfter     fetch in the background on next use   (cool-down after any fetch)
 * </pre>
 *
 * At most one fetch is under way at a time; callers who need it wait for that one and share what it
 * brings. A failed fetch leaves the last good keys in use until they reach their age limit.
 *
 * <p>Threads: {@link #keyFor} may block for the fetch limit; everything else returns at once. The keys
 * in use are one volatile reference, the rest is guarded by {@link #fetching}.
 */
public final class IssuerKeys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private record Held(KeySet keys, Instant loadedAt, Instant renewalDue, Instant usableUntil) {}

    private record Attempt(Instant at, Optional<String> error, boolean contradicted) {

        static Attempt good(Instant at) {
            return new Attempt(at, Optional.empty(), false);
        }

        static Attempt failed(Instant at, String reason, Exception failure) {
            return new Attempt(at, Optional.of(reason), failure instanceof ForeignIssuerException);
        }
    }

    private final String issuerName;
    private final KeySetFetcher fetcher;
    private final KeyFilter filter;
    private final KeySetTimes times;
    private final InstantSource clock;
    private final KeySetListener listener;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Optional<Held> held = Optional.empty();
    private volatile Optional<Attempt> lastAttempt = Optional.empty();

    private IssuerKeys(
            PublishedKeys published,
            KeySetFetcher fetcher,
            KeySetTimes times,
            InstantSource clock,
            KeySetListener listener) {
        this.issuerName = published.issuerName();
        this.fetcher = fetcher;
        this.filter = new KeyFilter(published.keyIssuers());
        this.times = times;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Whose keys these are and where they are published.
     *
     * @param issuerName the configured name, for logs and health
     * @param issuer the exact {@code iss} value
     * @param source where the key set is fetched
     * @param keyIssuers the values that a key's own {@code issuer} member may have
     */
    public record PublishedKeys(
            String issuerName, String issuer, KeySource source, Set<String> keyIssuers) {

        /** Copies the set. */
        public PublishedKeys {
            keyIssuers = Set.copyOf(keyIssuers);
        }
    }

    /**
     * Makes the keeper of an issuer's keys. Nothing is fetched yet.
     *
     * @throws IOException if the certificates to trust cannot be read
     */
    public static IssuerKeys of(
            PublishedKeys published,
            KeySetTimes times,
            InstantSource clock,
            KeySetListener listener)
            throws IOException {
        KeySetFetcher fetcher =
                new KeySetFetcher(published.issuer(), published.source(), times.fetchLimit());
        return new IssuerKeys(published, fetcher, times, clock, listener);
    }

    /**
     * Returns the key that a token of this issuer says it is signed with. May block for a fetch.
     *
     * @throws RefusedException with {@code token_unknown_key} when the issuer has no such key, it does
     *     not fit the algorithm or the issuer is not who it should be, and with {@code keys_unavailable}
     *     when that cannot be told now
     */
    public TrustedKey keyFor(SignatureAlgorithm algorithm, Optional<String> keyId)
            throws RefusedException {
        Instant now = clock.instant();
        renewIfDue(now);
        Optional<Held> usable = usable(now);
        Held current = usable.isPresent() ? usable.get() : load();
        Match match = current.keys().find(algorithm, keyId);
        if (match instanceof Match.Unknown) {
            match = refreshed(current).keys().find(algorithm, keyId);
        }
        return switch (match) {
            case Match.Found(TrustedKey key) -> key;
            case Match.Unfit() ->
                    throw RefusedException.of(
                            Code.TOKEN_UNKNOWN_KEY, "the token's key does not fit its algorithm");
            case Match.Unknown() -> throw unknownKey();
        };
    }

    /**
     * Returns whether a token that was verified with the key before may still be taken: the key is
     * still published, and the key set is not too old.
     */
    public boolean vouchesFor(TrustedKey key, Instant now) {
        Optional<Held> current = held;
        return current.isPresent()
                && now.isBefore(current.get().usableUntil())
                && current.get().keys().contains(key);
    }

    /** Begins a fetch in the background if one is due, and returns at once. */
    public void renewIfDue(Instant now) {
        if (isRenewalDue(now) && !fetching.isLocked()) {
            Thread.ofVirtual().name("keys-" + issuerName).start(this::renew);
        }
    }

    /** Fetches the keys now if there are none, for a start with warm caches; blocks, never throws. */
    public void preload() {
        fetching.lock();
        try {
            if (held.isEmpty()) {
                fetch();
            }
        } finally {
            fetching.unlock();
        }
    }

    /** Returns how the key set is doing. */
    public KeySetStatus status() {
        Optional<Held> usable = usable(clock.instant());
        Optional<Attempt> attempt = lastAttempt;
        int keys = usable.map(current -> current.keys().size()).orElse(0);
        return new KeySetStatus(
                issuerName,
                keys > 0,
                keys,
                usable.map(current -> current.keys().ignored()).orElse(Map.of()),
                held.map(Held::loadedAt),
                attempt.map(Attempt::at),
                attempt.flatMap(Attempt::error));
    }

    private Optional<Held> usable(Instant now) {
        return held.filter(current -> now.isBefore(current.usableUntil()));
    }

    private boolean isRenewalDue(Instant now) {
        Optional<Held> current = held;
        return current.isPresent()
                && !now.isBefore(current.get().renewalDue())
                && hasPassed(times.coolDown(), now);
    }

    private Held load() throws RefusedException {
        fetching.lock();
        try {
            Instant now = clock.instant();
            if (usable(now).isEmpty() && hasPassed(times.pauseAfterFailure(), now)) {
                fetch();
            }
            return usable(now).orElseThrow(this::noKeys);
        } finally {
            fetching.unlock();
        }
    }

    private Held refreshed(Held seen) {
        if (!fetching.isLocked() && !hasPassed(times.coolDown(), clock.instant())) {
            return held.orElse(seen);
        }
        fetching.lock();
        try {
            boolean nobodyWasFaster = held.filter(seen::equals).isPresent();
            if (nobodyWasFaster && hasPassed(times.coolDown(), clock.instant())) {
                fetch();
            }
            return held.orElse(seen);
        } finally {
            fetching.unlock();
        }
    }

    private void renew() {
        fetching.lock();
        try {
            if (isRenewalDue(clock.instant())) {
                fetch();
            }
        } finally {
            fetching.unlock();
        }
    }

    private boolean hasPassed(Duration pause, Instant now) {
        return lastAttempt
                .map(Attempt::at)
                .filter(at -> !at.isAfter(now) && now.isBefore(at.plus(pause)))
                .isEmpty();
    }

    private void fetch() {
        Instant begun = clock.instant();
        try {
            KeySet keys = KeySet.of(fetcher.fetch(), filter);
            Instant renewalDue = begun.plus(times.refreshAfter());
            held = Optional.of(new Held(keys, begun, renewalDue, begun.plus(times.maxAge())));
            lastAttempt = Optional.of(Attempt.good(begun));
            listener.onKeySetLoaded(status());
        } catch (IOException | RuntimeException failed) {
            // INVARIANT: whatever went wrong, the attempt counts, so that pauses are kept.
            String reason = Objects.toString(failed.getMessage(), "the fetch failed");
            lastAttempt = Optional.of(Attempt.failed(begun, reason, failed));
            LOG.atWarn()
                    .addKeyValue("issuer", issuerName)
                    .addKeyValue("reason", reason)
                    .log("an issuer's key set could not be fetched");
            listener.onKeySetFailed(status());
        }
    }

    private RefusedException unknownKey() {
        boolean failed = lastAttempt.flatMap(Attempt::error).isPresent();
        return failed
                ? noKeys()
                : RefusedException.of(
                        Code.TOKEN_UNKNOWN_KEY, "the token names a key that its issuer lacks");
    }

    private RefusedException noKeys() {
        if (lastAttempt.filter(Attempt::contradicted).isPresent()) {
            return RefusedException.of(
                    Code.TOKEN_UNKNOWN_KEY, "the discovery document is another issuer's");
        }
        return RefusedException.of(
                Code.KEYS_UNAVAILABLE,
                "the issuer's signing keys cannot be had at present",
                "try again in a minute; the proxy's health check says what is wrong");
    }

    /** Drops the connections to the issuer. */
    @Override
    public void close() {
        fetcher.close();
    }
}
