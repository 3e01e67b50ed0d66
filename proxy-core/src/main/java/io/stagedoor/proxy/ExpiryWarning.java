package io.stagedoor.proxy;

import io.stagedoor.proxy.credential.SecretExpiry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * When it is time to renew a secret or certificate that credentials are got with.
 *
 * @param ahead how long ahead of its expiry
 * @param clock tells the time
 */
record ExpiryWarning(Duration ahead, InstantSource clock) {

    boolean isDue(SecretExpiry expiry) {
        return !clock.instant().isBefore(expiry.expiresAt().minus(ahead));
    }

    /** Returns the warnings that are due as an addition to a line, empty if there are none. */
    String textOf(List<SecretExpiry> expiries) {
        return expiries.stream()
                .filter(this::isDue)
                .map(
                        each ->
                                "; renew `"
                                        + each.secret()
                                        + "`, which expires at "
                                        + each.expiresAt())
                .collect(Collectors.joining());
    }
}
