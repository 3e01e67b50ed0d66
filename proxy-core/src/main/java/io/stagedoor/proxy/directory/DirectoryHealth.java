package io.stagedoor.proxy.directory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the knowledge about one workspace is doing, for health checks and metrics.
 *
 * @param workspace the workspace's configured name
 * @param freshness whether requests can be decided
 * @param age how old the reading is; empty if there is none, or nothing that ages
 * @param snapshot what the snapshot in use holds; empty if there is none
 * @param failures refreshes that failed since the last that succeeded
 * @param lastFailure why the last one failed; empty once one succeeded
 * @param roles where the role definitions come from
 */
public record DirectoryHealth(
        String workspace,
        Freshness freshness,
        Optional<Duration> age,
        Optional<Content> snapshot,
        int failures,
        Optional<String> lastFailure,
        RoleNotes roles) {

    /** Whether requests to a workspace can be decided. */
    public enum Freshness {
        /** There is no snapshot yet: requests are refused. */
        LOADING,
        /** There is one, young enough. */
        FRESH,
        /** There is one, too old: requests are refused. */
        STALE
    }

    /**
     * What a snapshot holds, and what of the reading grants nothing.
     *
     * @param id the snapshot's id
     * @param assignments how many role assignments it holds
     * @param pages how many pages the reading had; zero if nothing was read
     * @param repeatedIds how often an id was listed again in the reading
     * @param unknownRoles roles that are assigned and not known (S7)
     * @param malformed how many listed assignments are malformed or of another workspace (S23)
     * @param malformedExamples the first of them, with the reason
     * @param misplaced how many assignments sit at a scope type their role is not meant for
     */
    public record Content(
            String id,
            int assignments,
            int pages,
            int repeatedIds,
            Set<String> unknownRoles,
            int malformed,
            List<String> malformedExamples,
            int misplaced) {

        /** Copies the collections. */
        public Content {
            unknownRoles = Set.copyOf(unknownRoles);
            malformedExamples = List.copyOf(malformedExamples);
        }
    }

    /**
     * What there is to say about role definitions.
     *
     * @param live whether the workspace's own are in use, rather than the built-in ones
     * @param differences how they differ from the built-in ones, in words
     * @param lastFailure why they could not be read the last time; empty if they could
     */
    public record RoleNotes(boolean live, List<String> differences, Optional<String> lastFailure) {

        /** Copies the list. */
        public RoleNotes {
            differences = List.copyOf(differences);
        }
    }

    /** Returns whether requests can be decided now. */
    public boolean isFresh() {
        return freshness == Freshness.FRESH;
    }
}
