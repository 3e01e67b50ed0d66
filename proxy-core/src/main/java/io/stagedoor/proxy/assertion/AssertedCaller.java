package io.stagedoor.proxy.assertion;

import io.stagedoor.policy.principal.PrincipalId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who is calling whom.
 *
 * @param principal the principal whom the request was decided for
 * @param clientApplication the application that its token was issued to, if the token says so
 * @param actors who acts for the principal, the current actor first; usually nobody
 * @param service the configured name of the service that is called
 */
public record AssertedCaller(
        PrincipalId principal,
        Optional<String> clientApplication,
        List<String> actors,
        String service) {

    /** Checks that all parts are there, and copies the list. */
    public AssertedCaller {
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(clientApplication, "clientApplication");
        Objects.requireNonNull(service, "service");
        actors = List.copyOf(actors);
    }
}
