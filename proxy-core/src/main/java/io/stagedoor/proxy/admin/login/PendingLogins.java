package io.stagedoor.proxy.admin.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sign-ins that browsers have begun and not ended, by their state. Each is good once, for ten
 * minutes, and in the browser that began it; the oldest make room for new ones. Safe for any thread.
 */
final class PendingLogins {

    static final Duration LIFE = Duration.ofMinutes(10);
    private static final int MOST = 1000;

    private final InstantSource clock;
    private final Map<String, Pending> byState = new LinkedHashMap<>();

    /**
     * A sign-in under way.
     *
     * @param nonce what the ID token has to repeat
     * @param verifier what proves to the issuer that the same client asks (RFC 7636)
     * @param browser the digest of the browser's cookie
     * @param begun when it began
     */
    record Pending(String nonce, String verifier, String browser, Instant begun) {}

    PendingLogins(InstantSource clock) {
        this.clock = clock;
    }

    /** Keeps a sign-in that begins now, and returns it. */
    synchronized Pending begin(String state, String browser) {
        Pending pending =
                new Pending(
                        RandomText.next(),
                        RandomText.next(),
                        RandomText.digest(browser),
                        clock.instant());
        byState.put(state, pending);
        Iterator<Pending> oldest = byState.values().iterator();
        while (byState.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
        return pending;
    }

    /** Takes the sign-in of a state away, if it is one of this browser and still good. */
    synchronized Optional<Pending> take(String state, String browser) {
        return Optional.ofNullable(byState.remove(state))
                .filter(found -> clock.instant().isBefore(found.begun().plus(LIFE)))
                .filter(found -> RandomText.same(found.browser(), RandomText.digest(browser)));
    }
}
