package io.stagedoor.proxy.directory.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stagedoor.policy.operation.ContentKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The projects that things are in, as last read, for as long as they may be believed.
 *
 * <p>What a thing is part of is asked for step by step: a job's workbook, a workbook's project. Each
 * step is kept, at most {@link #CAPACITY} of them. A thing that was written through the proxy, or
 * reported as changed, is forgotten; what was being read at that moment is not kept. That something is
 * not there is never kept. Any thread may call; readings of one thing at the same time are not merged.
 */
final class ProjectCache {

    static final int CAPACITY = 100_000;

    /** A job names a workbook, that names a project; a longer way is no answer of Tableau. */
    private static final int LONGEST_WAY = 4;

    private final SiteReader site;
    private final Cache<Thing, Thing> next;
    private final AtomicLong changes = new AtomicLong();

    ProjectCache(SiteReader site, InstantSource clock, Duration believed) {
        this.site = site;
        this.next =
                Caffeine.newBuilder()
                        .maximumSize(CAPACITY)
                        .expireAfterWrite(believed)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .build();
    }

    /** Returns the project of a thing if all steps to it are known; never waits. */
    Optional<String> known(Thing thing) {
        Thing at = thing;
        for (int step = 0; at != null && step < LONGEST_WAY; step++) {
            if (at.kind() == ContentKind.PROJECT) {
                return Optional.of(at.id());
            }
            at = next.getIfPresent(at);
        }
        return Optional.empty();
    }

    /**
     * Returns the project of a thing, reading what is not known of the way to it; empty if there is
     * no such thing, or it is in no project.
     *
     * @throws SiteReadException if the site does not say
     */
    Optional<String> lookup(Thing thing) throws SiteReadException {
        Optional<Thing> at = Optional.of(thing);
        for (int step = 0; at.isPresent() && step < LONGEST_WAY; step++) {
            if (at.get().kind() == ContentKind.PROJECT) {
                return Optional.of(at.get().id());
            }
            at = nextOf(at.get());
        }
        return Optional.empty();
    }

    private Optional<Thing> nextOf(Thing thing) throws SiteReadException {
        Thing kept = next.getIfPresent(thing);
        return kept == null ? read(thing) : Optional.of(kept);
    }

    private Optional<Thing> read(Thing thing) throws SiteReadException {
        long begunAfter = changes.get();
        Optional<JsonNode> answer = site.read(Whereabouts.pathOf(thing));
        Optional<Thing> found = answer.flatMap(json -> Whereabouts.nextOf(thing.kind(), json));
        if (changes.get() == begunAfter) {
            found.ifPresent(one -> next.put(thing, one));
        }
        return found;
    }

    /** Forgets a thing, because it may be elsewhere now. */
    void changed(Thing thing) {
        changes.incrementAndGet();
        next.invalidate(thing);
    }
}
