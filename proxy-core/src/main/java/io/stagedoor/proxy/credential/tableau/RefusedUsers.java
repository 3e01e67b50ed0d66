package io.stagedoor.proxy.credential.tableau;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stagedoor.proxy.credential.TokenUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * The users that Tableau did not let in a moment ago, so that it is not asked again at the rate of
 * their requests. Bounded; safe for any thread.
 */
final class RefusedUsers {

    private static final Duration BELIEVED = Duration.ofSeconds(30);
    private static final int MOST = 10_000;

    private final Cache<SessionKey, TokenUnavailableException> refused;

    RefusedUsers(InstantSource clock) {
        this.refused =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterWrite(BELIEVED)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .executor(Runnable::run)
                        .build();
    }

    /** Remembers what a user was refused with, and returns it. */
    TokenUnavailableException remember(SessionKey key, TokenUnavailableException why) {
        refused.put(key, why);
        return why;
    }

    /**
     * Requires that the user was not refused a moment ago.
     *
     * @throws TokenUnavailableException with what it was refused with
     */
    void requireNone(SessionKey key) throws TokenUnavailableException {
        TokenUnavailableException known = refused.getIfPresent(key);
        if (known != null) {
            throw SiteHealth.unavailable(String.valueOf(known.getMessage()), known.refusal());
        }
    }
}
