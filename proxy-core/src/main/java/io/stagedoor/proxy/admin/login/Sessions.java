package io.stagedoor.proxy.admin.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in, by the digests of their session ids: what is kept here opens nothing. A session
 * ends after a while without use, and after a longer while whatever is done; those unused the longest
 * make room for new ones. Safe for any thread.
 */
final class Sessions {

    private static final int MOST = 1000;

    private final Duration idle;
    private final Duration absolute;
    private final InstantSource clock;
    private final Map<String, Held> byDigest = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * A session.
     *
     * @param somebody who signed in
     * @param formKey what forms of its pages carry, so that no other site's form is taken
     */
    record Session(SignIns.Somebody somebody, String formKey) {}

    private record Held(Session session, Instant begun, Instant used) {}

    Sessions(Duration idle, Duration absolute, InstantSource clock) {
        this.idle = idle;
        this.absolute = absolute;
        this.clock = clock;
    }

    /** Begins a session, and returns its id, which is known to nobody else. */
    synchronized String begin(SignIns.Somebody somebody) {
        String id = RandomText.next();
        Instant now = clock.instant();
        byDigest.put(
                RandomText.digest(id),
                new Held(new Session(somebody, RandomText.next()), now, now));
        Iterator<Held> longestUnused = byDigest.values().iterator();
        while (byDigest.size() > MOST) {
            longestUnused.next();
            longestUnused.remove();
        }
        return id;
    }

    /** Returns the session of an id, and counts it as used. */
    synchronized Optional<Session> use(String id) {
        String digest = RandomText.digest(id);
        Held held = byDigest.get(digest);
        if (held == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (!now.isBefore(held.used().plus(idle)) || !now.isBefore(held.begun().plus(absolute))) {
            byDigest.remove(digest);
            return Optional.empty();
        }
        byDigest.put(digest, new Held(held.session(), held.begun(), now));
        return Optional.of(held.session());
    }

    /** Ends a session. */
    synchronized void end(String id) {
        byDigest.remove(RandomText.digest(id));
    }
}
