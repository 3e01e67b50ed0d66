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

    private final @Nullable Object[] said = new Object[PLACES];
    private final byte @Nullable [][] written = new byte[PLACES][];

    /** Gives what an object was written as. */
    Optional<byte[]> find(Object object) {
        int place = placeOf(object);
        return said[place] == object ? Optional.ofNullable(written[place]) : Optional.empty();
    }

    /** Keeps what an object was written as, if it was seen before. */
    void keep(Object object, byte[] bytes, int start, int end) {
        int place = placeOf(object);
        boolean again = said[place] == object;
        said[place] = object;
        written[place] =
                again && end - start <= LONGEST ? Arrays.copyOfRange(bytes, start, end) : null;
    }

    private static int placeOf(Object object) {
        return System.identityHashCode(object) & (PLACES - 1);
    }
}
