package io.stagedoor.proxy.credential.vault;

import java.time.Duration;
import java.util.Objects;

/**
 * How long what a vault answered is good.
 *
 * @param refresh after which age it is read again; what is held is used meanwhile
 * @param maxAge up to which age it is used if the vault cannot be read
 */
public record VaultTimes(Duration refresh, Duration maxAge) {

    /** Checks that both are there. */
    public VaultTimes {
        Objects.requireNonNull(refresh, "refresh");
        Objects.requireNonNull(maxAge, "maxAge");
    }
}
