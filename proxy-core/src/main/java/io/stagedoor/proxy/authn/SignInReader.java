package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.refusal.RefusedException;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Set;

/** Reads how the user behind a token signed in. */
final class SignInReader {

    private static final String CLAIMS_CHALLENGES = "cp1";

    private SignInReader() {}

    /**
     * Returns how the user signed in.
     *
     * @throws RefusedException with {@code token_malformed} when a claim has the wrong form
     */
    static SignIn signInOf(Claims claims) throws RefusedException {
        Set<String> contexts = new HashSet<>(claims.texts("acrs"));
        claims.text("acr").ifPresent(contexts::add);
        return new SignIn(
                contexts,
                claims.date("auth_time", RoundingMode.FLOOR),
                claims.texts("xms_cc").stream().anyMatch(CLAIMS_CHALLENGES::equalsIgnoreCase));
    }
}
