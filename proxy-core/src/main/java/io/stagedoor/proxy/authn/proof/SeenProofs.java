package io.stagedoor.proxy.authn.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The proofs of the last minutes, so that none is taken twice (RFC 9449, section 11.1).
 *
 * <p>Bounded in all, and for each key to an eighth of that, so that no sender can crowd out others;
 * what does not fit is refused, since nobody could tell it from a repetition. Each instance of the
 * proxy has its own. Safe for use by many threads; waits for no more than a look-up.
 */
public final class SeenProofs {

    /** How long a proof is held: longer than it can be good, from the future side of its window. */
    static final Duration HELD = ProofVerifier.WINDOW.multipliedBy(2).plusSeconds(1);

    private static final int USUAL_CAPACITY = 200_000;
    private static final int SHARES = 8;

    /** What came of showing a proof. */
    enum Sight {
        /** It was not seen before. */
        FIRST,
        /** It was seen before. */
        AGAIN,
        /** There is no room to remember it. */
        NO_ROOM
    }

    private record Seen(long first, long second) {}

    private record Entry(Seen seen, String key, Instant until) {}

    private final int capacity;
    private final Set<Seen> seen = new HashSet<>();
    private final Deque<Entry> oldestFirst = new ArrayDeque<>();
    private final Map<String, Integer> byKey = new HashMap<>();

    /** Makes an empty memory with room for 200,000 proofs. */
    public SeenProofs() {
        this(USUAL_CAPACITY);
    }

    SeenProofs(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Notes a proof.
     *
     * @param key the thumbprint of the key that signed it
     * @param id its own id ({@code jti})
     */
    Sight note(String key, String id, Instant now) {
        Seen digest = digest(key, id);
        synchronized (seen) {
            forgetUntil(now);
            if (seen.contains(digest)) {
                return Sight.AGAIN;
            }
            int ofKey = byKey.getOrDefault(key, 0);
            if (seen.size() >= capacity || ofKey >= Math.max(1, capacity / SHARES)) {
                return Sight.NO_ROOM;
            }
            seen.add(digest);
            byKey.put(key, ofKey + 1);
            oldestFirst.add(new Entry(digest, key, now.plus(HELD)));
            return Sight.FIRST;
        }
    }

    private void forgetUntil(Instant now) {
        Entry oldest = oldestFirst.peek();
        while (oldest != null && oldest.until().isBefore(now)) {
            oldestFirst.remove();
            seen.remove(oldest.seen());
            byKey.computeIfPresent(oldest.key(), (_, count) -> count == 1 ? null : count - 1);
            oldest = oldestFirst.peek();
        }
    }

    /** A thumbprint has no dot in it, so that no two pairs are written alike. */
    private static Seen digest(String key, String id) {
        try {
            byte[] octets =
                    MessageDigest.getInstance("SHA-256")
                            .digest((key + "." + id).getBytes(StandardCharsets.UTF_8));
            ByteBuffer words = ByteBuffer.wrap(octets);
            return new Seen(words.getLong(), words.getLong());
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java runtime has SHA-256", absent);
        }
    }
}
