package io.stagedoor.proxy.directory.facts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.policy.scope.NameFold;
import io.stagedoor.proxy.directory.synapse.ArtifactKind;
import io.stagedoor.proxy.directory.synapse.ArtifactPool;
import io.stagedoor.proxy.directory.synapse.WorkspaceReadException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The pools that artefacts name, as last read, for as long as they may be believed.
 *
 * <p>What was read is believed for a stated time and after that asked for again by its entity tag. A
 * write that passed through the proxy drops it; and since the workspace completes such writes some
 * time after it accepts them, nothing read about that artefact is believed until the write has
 * surely settled. At most {@link #CAPACITY} artefacts are kept. Any thread may call; reads of one
 * artefact at the same time are not merged, since each is the first on its own request's behalf.
 */
final class PoolCache {

    static final int CAPACITY = 10_000;
    static final Duration WRITES_SETTLE = Duration.ofMinutes(2);
    private static final Duration KEPT = Duration.ofHours(1);

    /** Reads an artefact anew. */
    @FunctionalInterface
    interface Source {
        ArtifactPool read(ArtifactKind kind, String name, Optional<ArtifactPool> known)
                throws WorkspaceReadException;
    }

    private record Key(ArtifactKind kind, String name) {}

    private record Entry(ArtifactPool pool, Instant askedAt) {}

    private final Source source;
    private final InstantSource clock;
    private final Duration believed;
    private final Cache<Key, Entry> entries;
    private final Cache<Key, Instant> writes;
    private final AtomicLong generation = new AtomicLong();

    PoolCache(Source source, InstantSource clock, Duration believed) {
        this.source = source;
        this.clock = clock;
        this.believed = believed;
        this.entries = bounded(KEPT);
        this.writes = bounded(WRITES_SETTLE);
    }

    /** Returns the pool if it is known and believed; never waits. */
    Optional<ScopeValue> known(ArtifactKind kind, String name) {
        Key key = keyOf(kind, name);
        return Optional.ofNullable(entries.getIfPresent(key))
                .filter(entry -> isBelieved(key, entry))
                .map(entry -> entry.pool().pool());
    }

    /** Returns the pool, reading it if it is not known or no longer believed. */
    ScopeValue lookup(ArtifactKind kind, String name) throws WorkspaceReadException {
        Optional<ScopeValue> known = known(kind, name);
        return known.isPresent() ? known.get() : read(keyOf(kind, name), name);
    }

    /** Drops what is known of an artefact, because a write to it passed through the proxy. */
    void written(ArtifactKind kind, String name) {
        Key key = keyOf(kind, name);
        writes.put(key, clock.instant());
        generation.incrementAndGet();
        entries.invalidate(key);
    }

    private ScopeValue read(Key key, String name) throws WorkspaceReadException {
        long begunIn = generation.get();
        Instant askedAt = clock.instant();
        Optional<ArtifactPool> before =
                Optional.ofNullable(entries.getIfPresent(key)).map(Entry::pool);
        ArtifactPool now = source.read(key.kind(), name, before);
        if (now.pool() instanceof ScopeValue.Absent) {
            entries.invalidate(key);
        } else if (generation.get() == begunIn) {
            entries.put(key, new Entry(now, askedAt));
        }
        return now.pool();
    }

    private boolean isBelieved(Key key, Entry entry) {
        return writes.getIfPresent(key) == null
                && clock.instant().isBefore(entry.askedAt().plus(believed));
    }

    private <V> Cache<Key, V> bounded(Duration kept) {
        return Caffeine.newBuilder()
                .maximumSize(CAPACITY)
                .expireAfterWrite(kept)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    private static Key keyOf(ArtifactKind kind, String name) {
        return new Key(kind, NameFold.fold(name));
    }
}
