package io.stagedoor.proxy.authn.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * The sessions that clients opened at the proxy, found by the opaque value that each was given: 256
 * random bits, of which only the digest is kept.
 *
 * <p>They are in memory only, a bounded number, and end with the token that they were opened with; a
 * client whose session is gone signs in again. Kept over reloads. Safe for any thread; nothing waits.
 */
public final class ProxySessions {

    private static final int BYTES = 32;
    private static final int LONGEST_VALUE = 256;

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;
    private final Cache<String, OpenSession> byDigest;

    /**
     * Makes an empty set.
     *
     * @param most the most sessions; beyond it those go that were used longest ago
     */
    public ProxySessions(InstantSource clock, int most) {
        this.clock = clock;
        this.byDigest =
                Caffeine.newBuilder()
                        .maximumSize(most)
                        .expireAfter(Expiry.<String, OpenSession>writing(this::left))
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .executor(Runnable::run)
                        .build();
    }

    private Duration left(String digest, OpenSession session) {
        Duration left = Duration.between(clock.instant(), session.expiresAt());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Opens a session and returns the value that it is found by, which is a secret of the client. */
    public String open(OpenSession session) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        byDigest.put(digest(value), session);
        return value;
    }

    /**
     * Returns the session that a value stands for at a service.
     *
     * @throws RefusedException with {@code session_unknown}: a session that ended, one of another
     *     service and one that never was are all the same
     */
    public OpenSession find(String service, String value) throws RefusedException {
        OpenSession found =
                value.length() > LONGEST_VALUE ? null : byDigest.getIfPresent(digest(value));
        if (found == null
                || !found.service().equals(service)
                || !clock.instant().isBefore(found.expiresAt())) {
            throw RefusedException.of(
                    Code.SESSION_UNKNOWN,
                    "the session is not known here: it ended, or is of another service",
                    "sign in again");
        }
        return found;
    }

    /** Ends the session that a value stands for, if it is one of the service. */
    public void end(String service, String value) {
        byDigest.asMap()
                .computeIfPresent(
                        digest(value),
                        (_, session) -> session.service().equals(service) ? null : session);
    }

    /** Returns about how many sessions are open. */
    public long count() {
        return byDigest.estimatedSize();
    }

    private static String digest(String value) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java runtime has SHA-256", absent);
        }
    }
}
