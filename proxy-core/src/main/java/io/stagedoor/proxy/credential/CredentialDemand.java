package io.stagedoor.proxy.credential;

import java.util.Objects;
import java.util.Set;

/**
 * What a credential for an upstream is asked for.
 *
 * @param service the configured name of the service behind the proxy
 * @param caller for whom the request is made
 * @param scopes the upstream's own scopes that the operation needs, where its credentials can be
 *     narrowed to them; usually none
 */
public record CredentialDemand(String service, CallerProof caller, Set<String> scopes) {

    /** Checks that all parts are there, and copies the set. */
    public CredentialDemand {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(caller, "caller");
        scopes = Set.copyOf(scopes);
    }

    /** Returns the demand of the proxy itself, which reads a service on nobody's behalf. */
    public static CredentialDemand ofProxy(String service) {
        return new CredentialDemand(service, CallerProof.PROXY, Set.of());
    }
}
