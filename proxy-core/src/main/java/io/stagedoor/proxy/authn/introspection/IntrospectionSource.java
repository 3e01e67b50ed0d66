package io.stagedoor.proxy.authn.introspection;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where an issuer is asked about its tokens, and as whom.
 *
 * @param endpoint the introspection endpoint, an {@code https} address
 * @param client as whom it is asked
 * @param trustedCertificates a PEM bundle of the only certificate authorities to trust; without it,
 *     those of the JVM
 * @param rememberedFor how long a good answer is taken at most without asking again
 * @param timeLimit how long one answer may take
 */
public record IntrospectionSource(
        URI endpoint,
        ClientSecret client,
        Optional<Path> trustedCertificates,
        Duration rememberedFor,
        Duration timeLimit) {

    /**
     * A client's id and secret (RFC 6749, section 2.3.1).
     *
     * @param id the client id
     * @param secret gives the secret, each time it is needed
     */
    public record ClientSecret(String id, Supplier<String> secret) {

        /** Returns the id alone. */
        @Override
        public String toString() {
            return "ClientSecret[" + id + "]";
        }
    }

    /** Checks that the address is one of {@code https}, and that nothing is missing. */
    public IntrospectionSource {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(trustedCertificates, "trusted certificates");
        if (!"https".equals(endpoint.getScheme()) || endpoint.getHost() == null) {
            throw new IllegalArgumentException("`" + endpoint + "` is not an https address");
        }
        if (rememberedFor.isNegative() || timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("a time of introspection is out of its bounds");
        }
    }
}
