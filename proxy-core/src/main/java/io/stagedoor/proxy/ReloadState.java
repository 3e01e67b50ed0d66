package io.stagedoor.proxy;

import io.stagedoor.proxy.admin.ComponentHealth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of the configuration last.
 *
 * @param loadedAt when the one in use was taken up
 * @param refusal what is wrong with the files as they are now, if they are not what is in use
 */
record ReloadState(Instant loadedAt, Optional<Refusal> refusal) {

    /**
     * Why a configuration was not taken up.
     *
     * @param at when it was refused
     * @param complaints each with its place
     */
    record Refusal(Instant at, List<String> complaints) {

        /** Copies the list. */
        Refusal {
            complaints = List.copyOf(complaints);
        }
    }

    static ReloadState loaded(Instant at) {
        return new ReloadState(at, Optional.empty());
    }

    ReloadState refused(Instant at, List<String> complaints) {
        return new ReloadState(loadedAt, Optional.of(new Refusal(at, complaints)));
    }

    /** A configuration that was refused does no harm to what is served, so it is no failure. */
    ComponentHealth health() {
        String detail =
                refusal.map(
                                        refused ->
                                                "degraded: what the files say was refused at "
                                                        + refused.at()
                                                        + ": "
                                                        + String.join("; ", refused.complaints())
                                                        + "; in use is what was")
                                .orElse("")
                        + (refusal.isPresent() ? " loaded " : "loaded ")
                        + loadedAt;
        return new ComponentHealth("configuration", true, detail);
    }
}
