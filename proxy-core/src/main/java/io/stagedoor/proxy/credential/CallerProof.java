package io.stagedoor.proxy.credential;

import io.stagedoor.policy.principal.PrincipalId;
import java.util.Objects;
import java.util.Optional;

/**
 * Who a credential is asked for, and what proves it.
 *
 * @param principal the caller's tenant and object id
 * @param userName the name by which the upstream may know the caller ({@code upn}, {@code
 *     preferred_username}), if the token has one
 * @param token the caller's bearer token without its scheme, which was verified; empty for means that
 *     do not take it (see {@link CredentialMeans#takesToken})
 */
public record CallerProof(PrincipalId principal, Optional<String> userName, String token) {

    /** The proxy itself, which has no token of its own kind. */
    public static final CallerProof PROXY =
            new CallerProof(PrincipalId.of("stagedoor", "proxy"), Optional.empty(), "");

    /** Checks that all parts are there. */
    public CallerProof {
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(userName, "userName");
        Objects.requireNonNull(token, "token");
    }

    /** Returns the principal; the token is masked. */
    @Override
    public String toString() {
        return "CallerProof[" + principal + ", ****]";
    }
}
