package io.stagedoor.proxy.credential;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Whom Azure Identity asks for tokens, and for which resource.
 *
 * @param scope the scope asked for, ending in {@code /.default}
 * @param host the authority host of a sovereign or private cloud; empty for the public cloud
 * @param trust the certificates the authority is trusted by; empty for those of the JDK
 * @param discovery whether the authority host is checked against Microsoft's list of clouds before
 *     it is used; off only for a host that this list cannot know
 */
public record TokenAuthority(
        String scope, Optional<URI> host, Optional<SSLContext> trust, boolean discovery) {

    /** The scope of the Synapse data plane in the public cloud. */
    public static final String SYNAPSE_SCOPE = "https://dev.azuresynapse.net/.default";

    /** Checks that the host is HTTPS, because secrets are sent to it. */
    public TokenAuthority {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(trust, "trust");
        if (scope.isBlank()) {
            throw new IllegalArgumentException("the scope of an upstream credential is empty");
        }
        if (host.isPresent() && !"https".equalsIgnoreCase(host.get().getScheme())) {
            throw new IllegalArgumentException(
                    "authority host `" + host.get() + "` is not an https address");
        }
    }

    /** Returns the public cloud's authority for the Synapse data plane. */
    public static TokenAuthority publicCloud() {
        return new TokenAuthority(SYNAPSE_SCOPE, Optional.empty(), Optional.empty(), true);
    }
}
