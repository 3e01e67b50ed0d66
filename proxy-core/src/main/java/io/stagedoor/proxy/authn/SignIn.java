package io.stagedoor.proxy.authn;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How the user behind a token signed in, as far as the token tells.
 *
 * @param contexts the authentication contexts it satisfies: {@code acr} (OpenID Connect Core 1.0,
 *     section 2) and Entra's {@code acrs}
 * @param at when it was ({@code auth_time})
 * @param takesClaimsChallenges whether the client says that it can answer Entra's claims challenge
 *     ({@code xms_cc} with {@code cp1})
 */
public record SignIn(Set<String> contexts, Optional<Instant> at, boolean takesClaimsChallenges) {

    /** Copies the set. */
    public SignIn {
        contexts = Set.copyOf(contexts);
    }
}
