package io.stagedoor.proxy.refresh;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of one refresh at the guard, and on what evidence.
 *
 * @param target what the request named
 * @param content the content that would be refreshed; empty if it cannot be told
 * @param observed what was looked at; empty if nothing is known of what the content reads from
 * @param held why it is held back; empty if it may go on
 */
public record GuardFinding(
        RefreshTarget target,
        Optional<Content> content,
        List<Observation> observed,
        Optional<Held> held) {

    /** Copies the list. */
    public GuardFinding {
        observed = List.copyOf(observed);
    }

    /**
     * Why a refresh is held back.
     *
     * @param by the observation that does it
     * @param nextTry when it is worth trying again
     */
    public record Held(Observation by, Instant nextTry) {}

    /** Returns whether there is anything to tell of it. */
    public boolean isEvidence() {
        return !observed.isEmpty();
    }
}
