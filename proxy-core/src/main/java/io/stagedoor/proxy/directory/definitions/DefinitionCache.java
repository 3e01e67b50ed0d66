package io.stagedoor.proxy.directory.definitions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stagedoor.policy.scope.NameFold;
import io.stagedoor.proxy.directory.synapse.WorkspaceReadException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * What was read of definitions, for as long as it may be believed.
 *
 * <p>What was read is believed for a stated time and after that asked for again by its entity tag. A
 * write that passed through the proxy drops it; and since the service completes such writes some
 * time after it accepts them, nothing read about that definition is believed until the write has
 * surely settled. At most {@link #CAPACITY} definitions are kept. Any thread may call; reads of one
 * definition at the same time are not merged, since each is the first on its own request's behalf.
 *
 * @param <K> tells kinds of definitions apart
 * @param <V> what is kept of a definition, its entity tag with it
 */
public final class DefinitionCache<K, V> {

    /** The most definitions that are kept. */
    public static final int CAPACITY = 10_000;

    /** How long after a write nothing is believed. */
    public static final Duration WRITES_SETTLE = Duration.ofMinutes(2);

    private static final Duration KEPT = Duration.ofHours(1);

    /**
     * Reads a definition anew.
     *
     * @param <K> tells kinds of definitions apart
     * @param <V> what is kept of a definition
     */
    @FunctionalInterface
    public interface Source<K, V> {
        /**
         * Reads it.
         *
         * @param known what was read before, if it is still kept
         */
        V read(K kind, String name, Optional<V> known) throws WorkspaceReadException;
    }

    private record Key<K>(K kind, String name) {}

    private record Entry<V>(V value, Instant askedAt) {}

    private final Source<K, V> source;
    private final Predicate<V> isThere;
    private final InstantSource clock;
    private final Duration believed;
    private final Cache<Key<K>, Entry<V>> entries;
    private final Cache<Key<K>, Instant> writes;
    private final AtomicLong generation = new AtomicLong();

    /**
     * Makes an empty cache.
     *
     * @param isThere whether there is such a definition; that there is none is not kept
     * @param believed how long what was read is used without asking again
     */
    public DefinitionCache(
            Source<K, V> source, Predicate<V> isThere, InstantSource clock, Duration believed) {
        this.source = source;
        this.isThere = isThere;
        this.clock = clock;
        this.believed = believed;
        this.entries = bounded(clock, KEPT);
        this.writes = bounded(clock, WRITES_SETTLE);
    }

    /** Returns what is known and believed; never waits. */
    public Optional<V> known(K kind, String name) {
        Key<K> key = keyOf(kind, name);
        return Optional.ofNullable(entries.getIfPresent(key))
                .filter(entry -> isBelieved(key, entry))
                .map(Entry::value);
    }

    /** Returns what the definition says, reading it if that is not known or no longer believed. */
    public V lookup(K kind, String name) throws WorkspaceReadException {
        Optional<V> known = known(kind, name);
        return known.isPresent() ? known.get() : read(keyOf(kind, name), name);
    }

    /** Drops what is known of a definition, because a write to it passed through the proxy. */
    public void written(K kind, String name) {
        Key<K> key = keyOf(kind, name);
        writes.put(key, clock.instant());
        generation.incrementAndGet();
        entries.invalidate(key);
    }

    private V read(Key<K> key, String name) throws WorkspaceReadException {
        long begunIn = generation.get();
        Instant askedAt = clock.instant();
        Optional<V> before = Optional.ofNullable(entries.getIfPresent(key)).map(Entry::value);
        V now = source.read(key.kind(), name, before);
        if (!isThere.test(now)) {
            entries.invalidate(key);
        } else if (generation.get() == begunIn) {
            entries.put(key, new Entry<>(now, askedAt));
        }
        return now;
    }

    private boolean isBelieved(Key<K> key, Entry<V> entry) {
        return writes.getIfPresent(key) == null
                && clock.instant().isBefore(entry.askedAt().plus(believed));
    }

    private static <A, B> Cache<A, B> bounded(InstantSource clock, Duration kept) {
        return Caffeine.newBuilder()
                .maximumSize(CAPACITY)
                .expireAfterWrite(kept)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    private static <K> Key<K> keyOf(K kind, String name) {
        return new Key<>(kind, NameFold.fold(name));
    }
}
