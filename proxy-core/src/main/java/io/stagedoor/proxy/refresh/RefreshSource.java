package io.stagedoor.proxy.refresh;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something declared that refreshes read from.
 *
 * @param name its name
 * @param covered whose refreshes read from it: LUIDs of content and projects, or {@code *}
 * @param freshness how old the last success of what it covers should be at most, if that matters
 * @param checks what tells that it is well
 */
public record RefreshSource(
        String name, Set<String> covered, Optional<Duration> freshness, List<WatchedCheck> checks) {

    private static final String ALL = "*";

    /** Copies the collections. */
    public RefreshSource {
        covered = Set.copyOf(covered);
        checks = List.copyOf(checks);
    }

    /** Returns whether this covers the content without a look at its project. */
    boolean names(String luid) {
        return covered.contains(ALL) || covered.contains(luid);
    }

    /** Returns whether content is known to read from it. */
    public boolean covers(Content content) {
        return covers(Optional.of(content));
    }

    /** Returns whether content reads from it. Content that nobody knows may read from anything. */
    boolean covers(Optional<Content> content) {
        return content.isEmpty()
                || names(content.get().luid())
                || content.get().project().filter(covered::contains).isPresent();
    }
}
