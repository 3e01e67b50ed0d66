package io.stagedoor.proxy.audit.codec;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of objects that were written before, found again by the very same object; for one thread.
 *
 * <p>Bounded: a newcomer takes the place of another. What an object was written as is kept when it
 * comes for the second time, since most come once.
 */
final class Phrases {
    private static final int PLACES = 2048;
    private static final int LONGEST = 4096;

    private final @Nullable Phrase[] phrases = new Phrase[PLACES];

    private record Phrase(Object said, Optional<byte[]> written) {
        @SuppressWarnings("ReferenceEquality") // an equal one costs only writing it again
        boolean says(Object object) {
            return said == object;
        }
    }

    /** Gives what an object was written as. */
    Optional<byte[]> find(Object object) {
        Phrase known = phrases[placeOf(object)];
        return known != null && known.says(object) ? known.written() : Optional.empty();
    }

    /** Keeps what an object was written as, if it was seen before. */
    void keep(Object object, byte[] bytes, int start, int end) {
        int place = placeOf(object);
        Phrase known = phrases[place];
        boolean again = known != null && known.says(object);
        Optional<byte[]> written =
                again && end - start <= LONGEST
                        ? Optional.of(Arrays.copyOfRange(bytes, start, end))
                        : Optional.empty();
        phrases[place] = new Phrase(object, written);
    }

    private static int placeOf(Object object) {
        return System.identityHashCode(object) & (PLACES - 1);
    }
}
