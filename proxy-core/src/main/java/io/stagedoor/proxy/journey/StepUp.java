package io.stagedoor.proxy.journey;

import io.stagedoor.policy.operation.Operation;
import io.stagedoor.proxy.authn.SignIn;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Demand;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the user behind a token must have signed in (RFC 9470). Applications do not sign in, so it
 * refuses them: an operation that needs a person's fresh proof is not for them.
 *
 * @param contexts the authentication contexts of which the token must state one; empty for any
 * @param maxAge how long ago the user may have signed in
 * @param operations the names of the operations that need it; empty for all
 * @param authorizationUri where Entra's clients are sent to sign in
 */
public record StepUp(
        List<String> contexts,
        Optional<Duration> maxAge,
        Set<String> operations,
        String authorizationUri) {

    /** Copies the lists. */
    public StepUp {
        contexts = List.copyOf(contexts);
        operations = Set.copyOf(operations);
    }

    /**
     * Checks that the user signed in as the operation needs it.
     *
     * @throws RefusedException with {@code step_up_required}
     */
    void require(VerifiedToken token, Operation operation, Instant now) throws RefusedException {
        if (!operations.isEmpty() && !operations.contains(operation.name())) {
            return;
        }
        SignIn signIn = token.signIn();
        boolean strong = contexts.isEmpty() || !Collections.disjoint(signIn.contexts(), contexts);
        boolean fresh = maxAge.isEmpty() || isFresh(signIn, maxAge.get(), now);
        if (!strong || !fresh) {
            throw new RefusedException(
                    Refusal.of(
                                    Code.STEP_UP_REQUIRED,
                                    strong
                                            ? "the user signed in too long ago, or the token does"
                                                    + " not say when"
                                            : "the user did not sign in in one of the ways that"
                                                    + " this needs",
                                    "sign in again as the challenge says, and send the new token")
                            .demanding(demand(signIn, strong)));
        }
    }

    private static boolean isFresh(SignIn signIn, Duration limit, Instant now) {
        return signIn.at().filter(at -> !at.plus(limit).isBefore(now)).isPresent();
    }

    /** Entra's clients understand a request for contexts, and none for a sign-in's age. */
    private Demand demand(SignIn signIn, boolean strong) {
        return signIn.takesClaimsChallenges() && !strong
                ? new Demand.Claims(authorizationUri, claimsRequest())
                : new Demand.SignIn(contexts, maxAge);
    }

    private String claimsRequest() {
        String wanted =
                contexts.size() == 1
                        ? "\"value\":\"" + contexts.getFirst() + "\""
                        : contexts.stream()
                                .map(each -> "\"" + each + "\"")
                                .collect(Collectors.joining(",", "\"values\":[", "]"));
        return "{\"access_token\":{\"acrs\":{\"essential\":true," + wanted + "}}}";
    }
}
