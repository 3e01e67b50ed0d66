package io.stagedoor.proxy.refresh.book;

import io.stagedoor.proxy.refresh.Content;
import io.stagedoor.proxy.refresh.ContentKind;
import io.stagedoor.proxy.refresh.GuardFinding;
import io.stagedoor.proxy.refresh.RefreshSource;
import io.stagedoor.proxy.refresh.site.ContentChanges;
import io.stagedoor.proxy.refresh.site.StaleWarnings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happens to the refreshes of one site, and what follows from it: entries of the book, warnings
 * for readers, and jobs that are followed. Nothing of it waits. Safe for any thread.
 */
public final class SiteRefreshes {

    private final String site;
    private final List<RefreshSource> sources;
    private final RefreshBook book;
    private final Followings followings;
    private final InstantSource clock;
    private final LongAdder held = new LongAdder();
    private final LongAdder passed = new LongAdder();

    /**
     * What follows from what happens.
     *
     * @param warnings tells readers, if they are to be told
     * @param jobs follows jobs, if the site can be asked
     * @param changes learn that content has changed
     */
    public record Followings(
            Optional<StaleWarnings> warnings,
            Optional<JobFollower> jobs,
            List<ContentChanges> changes) {

        /** Copies the list. */
        public Followings {
            changes = List.copyOf(changes);
        }
    }

    /** Makes the book of a site, with nothing in it. */
    public SiteRefreshes(
            String site,
            List<RefreshSource> sources,
            RefreshBook book,
            Followings followings,
            InstantSource clock) {
        this.site = site;
        this.sources = List.copyOf(sources);
        this.book = book;
        this.followings = followings;
        this.clock = clock;
    }

    /** Returns the site's configured name. */
    public String site() {
        return site;
    }

    /** Returns the book. */
    public RefreshBook book() {
        return book;
    }

    /** Notes that a refresh was held back. */
    public void held(GuardFinding finding) {
        held.increment();
        finding.held()
                .ifPresent(
                        why ->
                                finding.content()
                                        .ifPresent(
                                                content -> {
                                                    book.held(content, clock.instant(), why.by());
                                                    followings
                                                            .warnings()
                                                            .ifPresent(each -> each.show(content));
                                                }));
    }

    /**
     * Notes that the site has begun a refresh that was let through.
     *
     * @param refreshed the content, if that is known
     * @param job the id of its job, if the site said it
     */
    public void started(Optional<Content> refreshed, Optional<String> job) {
        passed.increment();
        refreshed.ifPresent(content -> started(content, job));
    }

    private void started(Content content, Optional<String> job) {
        book.started(content, clock.instant());
        followings
                .jobs()
                .ifPresent(
                        follower ->
                                job.ifPresent(
                                        id ->
                                                follower.follow(
                                                        id,
                                                        (success, at) ->
                                                                ended(content, success, at))));
    }

    /** Notes how a refresh has ended. */
    public void ended(Content content, boolean success, Instant at) {
        if (success) {
            book.succeeded(content, at);
            followings.warnings().ifPresent(each -> each.remove(content));
        } else {
            book.failed(content, at);
        }
    }

    /** Learns that content is not as it was. */
    public void changed(String kind, String luid, boolean gone) {
        followings.changes().forEach(each -> each.changed(kind, luid));
        if (gone) {
            book.forget(luid);
        }
    }

    /** Returns how many refreshes were held back. */
    public long heldInAll() {
        return held.sum();
    }

    /** Returns how many were let through. */
    public long passedInAll() {
        return passed.sum();
    }

    /** Returns how often a warning could not be set or removed. */
    public long warningFailures() {
        return followings.warnings().map(StaleWarnings::failures).orElse(0L);
    }

    /** Returns the names of the sources for which freshness matters. */
    public List<String> watchedSources() {
        return sources.stream()
                .filter(source -> source.freshness().isPresent())
                .map(RefreshSource::name)
                .toList();
    }

    /** Returns the age of the oldest data that is known to be read from a source. */
    public Optional<Duration> oldest(String source) {
        Instant now = clock.instant();
        return sources.stream()
                .filter(each -> each.name().equals(source))
                .flatMap(
                        each ->
                                book.entries().stream()
                                        .filter(entry -> each.covers(entry.content())))
                .flatMap(entry -> entry.age(now).stream())
                .max(Duration::compareTo);
    }

    /** Returns how old the data of content may be, if that matters. */
    public Optional<Duration> freshness(Content content) {
        return sources.stream()
                .filter(source -> source.covers(content))
                .flatMap(source -> source.freshness().stream())
                .min(Duration::compareTo);
    }

    /** Returns the content of an event, with what is known of it by now. */
    Content contentOf(ContentKind kind, String luid) {
        return book.entry(luid)
                .map(RefreshEntry::content)
                .orElseGet(() -> new Content(kind, luid, Optional.empty()));
    }
}
