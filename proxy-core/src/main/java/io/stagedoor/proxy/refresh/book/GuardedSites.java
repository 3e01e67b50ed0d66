package io.stagedoor.proxy.refresh.book;

import io.stagedoor.proxy.refresh.Content;
import io.stagedoor.proxy.refresh.GuardFinding;
import io.stagedoor.proxy.refresh.RefreshGuard;
import io.stagedoor.proxy.refresh.RefreshTarget;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The guards of all sites that have one: what the journey asks, and what learns what came of a
 * request. Safe for any thread.
 *
 * @param byName the guarded sites by their configured names
 */
public record GuardedSites(Map<String, Guarded> byName) {

    /** No site is guarded. */
    public static final GuardedSites NONE = new GuardedSites(Map.of());

    private static final Set<String> CHANGING = Set.of("datasources", "workbooks", "flows");

    /** Copies the map. */
    public GuardedSites {
        byName = Map.copyOf(byName);
    }

    /**
     * A site with a guard.
     *
     * @param guard tells what becomes of refreshes
     * @param refreshes keeps book of them
     */
    public record Guarded(RefreshGuard guard, SiteRefreshes refreshes) {}

    /** Returns what a request would refresh; empty if it refreshes nothing that is guarded. */
    public Optional<RefreshTarget> target(String service, String method, List<String> segments) {
        return byName.containsKey(service) ? RefreshTarget.of(method, segments) : Optional.empty();
    }

    /** Returns what becomes of a refresh, if that can be said without asking anybody. */
    public Optional<GuardFinding> atHand(String service, RefreshTarget target) {
        return guarded(service).guard().atHand(target);
    }

    /** Returns what becomes of a refresh; waits within bounds. */
    public GuardFinding look(String service, RefreshTarget target) {
        return guarded(service).guard().look(target);
    }

    /**
     * Requires that a refresh may go on, and enters it in the book if it may not.
     *
     * @throws RefusedException if it is held back
     */
    public void require(String service, GuardFinding finding) throws RefusedException {
        Guarded site = guarded(service);
        if (finding.held().isPresent()) {
            site.refreshes().held(finding);
        }
        site.guard().require(finding);
    }

    /**
     * Learns that a site has done what it was asked.
     *
     * @param segments the decoded segments of the request's path
     * @param job the id of the job that it began, if it said one
     */
    public void done(String service, String method, List<String> segments, Optional<String> job) {
        Optional<Guarded> site = Optional.ofNullable(byName.get(service));
        if (site.isEmpty()) {
            return;
        }
        Optional<RefreshTarget> target = RefreshTarget.of(method, segments);
        if (target.isPresent()) {
            Optional<Content> content = site.get().guard().contentAtHand(target.get());
            site.get().refreshes().started(content, job);
        } else if (isChange(method, segments)) {
            site.get()
                    .refreshes()
                    .changed(segments.get(4), segments.get(5), method.equals("DELETE"));
        }
    }

    private static boolean isChange(String method, List<String> segments) {
        return (method.equals("PUT") || method.equals("DELETE"))
                && segments.size() == 6
                && CHANGING.stream().anyMatch(segments.get(4)::equalsIgnoreCase);
    }

    private Guarded guarded(String service) {
        return Optional.ofNullable(byName.get(service))
                .orElseThrow(() -> new IllegalStateException("`" + service + "` is not guarded"));
    }
}
