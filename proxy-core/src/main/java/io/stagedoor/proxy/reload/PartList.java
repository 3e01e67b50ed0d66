package io.stagedoor.proxy.reload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that one generation is made of, by what they were made from: a part is taken over from
 * the generation before when it would be made from equal settings, and made anew otherwise.
 *
 * <p>Filled by one thread, while the list that it takes over from is still held; closed by any. What
 * no list holds any more is closed, in reverse order.
 */
public final class PartList implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PartList.class);

    /** Makes a part. */
    @FunctionalInterface
    public interface Making<T> {

        /**
         * Makes it.
         *
         * @throws IOException if a file that it needs cannot be used
         */
        T make() throws IOException;
    }

    private record Key(Class<?> type, Object settings) {}

    private final Map<Key, Shared<?>> earlier;
    private final Map<Key, Shared<?>> own = new LinkedHashMap<>();
    private int made;

    private PartList(Map<Key, Shared<?>> earlier) {
        this.earlier = Map.copyOf(earlier);
    }

    /** Makes a list with nothing to take over. */
    public static PartList first() {
        return new PartList(Map.of());
    }

    /** Begins the list of the next generation. */
    public PartList next() {
        return new PartList(own);
    }

    /**
     * Returns the part made from these settings.
     *
     * @param type its type; parts of different types may be made from equal settings
     * @param settings all that it depends on, compared by value
     * @param making makes it if there is none yet
     * @throws IOException if it cannot be made
     */
    public <T extends AutoCloseable> T take(Class<T> type, Object settings, Making<T> making)
            throws IOException {
        Key key = new Key(type, settings);
        Shared<?> held = own.get(key);
        if (held == null) {
            Shared<?> before = earlier.get(key);
            held = before == null ? new Shared<>(made(making)) : before.held();
            own.put(key, held);
        }
        return type.cast(held.part());
    }

    private <T> T made(Making<T> making) throws IOException {
        made++;
        return making.make();
    }

    /** Returns how many parts were made anew. */
    public int made() {
        return made;
    }

    /** Returns how many parts there are. */
    public int size() {
        return own.size();
    }

    /** Lets go of all parts. */
    @Override
    public void close() {
        List<Shared<?>> parts = new ArrayList<>(own.values());
        for (Shared<?> part : parts.reversed()) {
            release(part);
        }
    }

    private static void release(Shared<?> part) {
        try {
            part.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.atError()
                    .addKeyValue("part", part.part().getClass().getSimpleName())
                    .setCause(e)
                    .log("a part did not close");
        }
    }
}
