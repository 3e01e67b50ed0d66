package io.stagedoor.proxy.authn.keys;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How one issuer's key set is doing, for health checks and metrics.
 *
 * @param issuerName the configured name of the issuer
 * @param usable whether tokens of the issuer can be verified at this moment
 * @param keys the number of keys that tokens can be verified with
 * @param ignored how many of the published keys are left out, by the reason
 * @param loadedAt when the keys now in use were fetched, if ever
 * @param attemptedAt when the last fetch was begun, if ever
 * @param lastError why the last fetch failed, if it did
 */
public record KeySetStatus(
        String issuerName,
        boolean usable,
        int keys,
        Map<KeyFault, Integer> ignored,
        Optional<Instant> loadedAt,
        Optional<Instant> attemptedAt,
        Optional<String> lastError) {

    /** Copies the map. */
    public KeySetStatus {
        ignored = Map.copyOf(ignored);
    }

    /** Returns the number of published keys that are left out. */
    public int ignoredKeys() {
        return ignored.values().stream().mapToInt(Integer::intValue).sum();
    }
}
