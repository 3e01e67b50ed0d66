package io.stagedoor.proxy.admin.resource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells what is known of the refreshes of Tableau sites. Safe for any thread; waits for nothing. */
public interface RefreshListing {

    /** Returns the sites that are guarded, and what is known of each. */
    List<Site> sites();

    /**
     * A site.
     *
     * @param name its configured name
     * @param held how many refreshes were held back since the start
     * @param passed how many were let through
     * @param warningFailures how often a data-quality warning could not be set or removed
     * @param contents what is known of each piece of content
     */
    record Site(String name, long held, long passed, long warningFailures, List<Row> contents) {

        /** Copies the list. */
        public Site {
            contents = List.copyOf(contents);
        }
    }

    /**
     * A piece of content.
     *
     * @param kind such as {@code datasource}
     * @param luid its id
     * @param times when what happened last
     * @param heldSince how often it was held back since it was let through last
     * @param heldInAll how often it was held back
     * @param evidence why it was held back last
     * @param freshness how old its data is, and may be
     */
    record Row(
            String kind,
            String luid,
            Times times,
            long heldSince,
            long heldInAll,
            Optional<String> evidence,
            Freshness freshness) {}

    /** When what happened last. */
    record Times(
            Optional<Instant> success,
            Optional<Instant> failure,
            Optional<Instant> started,
            Optional<Instant> held) {}

    /**
     * How fresh data is.
     *
     * @param ageSeconds the time since the last success, if one was seen
     * @param maxAgeSeconds how old it may be, if that matters
     */
    record Freshness(Optional<Long> ageSeconds, Optional<Long> maxAgeSeconds) {

        /** Returns whether it is known to be older than it may be. */
        public boolean isStale() {
            return ageSeconds.isPresent()
                    && maxAgeSeconds.isPresent()
                    && ageSeconds.get() > maxAgeSeconds.get();
        }
    }
}
