package io.stagedoor.config.place;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whose tokens a service takes, and what it demands of whom.
 *
 * @param audiences the audiences accepted here, or empty for all that the token's issuer may use
 * @param callers whom it lets in
 * @param stepUp how users must have signed in, if that matters
 * @param runs what whoever starts a run must be allowed; always plain on a site
 * @param followRuns whether the proxy looks at runs until they end; never on a site
 * @param lists who is given lists whose items have scopes of their own
 */
public record EntranceConfig(
        Set<String> audiences,
        CallersConfig callers,
        Optional<StepUpConfig> stepUp,
        RunMode runs,
        boolean followRuns,
        ListMode lists) {

    /** Copies the set, keeping its order. */
    public EntranceConfig {
        audiences = Collections.unmodifiableSet(new LinkedHashSet<>(audiences));
    }

    /** Returns the same entrance for other audiences. */
    EntranceConfig withAudiences(Set<String> others) {
        return new EntranceConfig(others, callers, stepUp, runs, followRuns, lists);
    }
}
