package io.stagedoor.proxy.refresh;

import java.util.List;
import java.util.Optional;

/** Finds out what content reads from, where nobody has declared it. Safe for any thread. */
public interface SourceFinder {

    /** Finds nothing, ever. */
    SourceFinder NONE =
            new SourceFinder() {
                @Override
                public Optional<List<WatchedCheck>> atHand(Content content) {
                    return Optional.of(List.of());
                }

                @Override
                public List<WatchedCheck> find(Content content) {
                    return List.of();
                }

                @Override
                public boolean looks() {
                    return false;
                }
            };

    /** Returns the checks of what is known to be read from, without asking. */
    Optional<List<WatchedCheck>> atHand(Content content);

    /** Returns them, or asks; empty if content reads from nothing that is known. */
    List<WatchedCheck> find(Content content);

    /** Returns whether it looks for anything at all. */
    default boolean looks() {
        return true;
    }
}
