package io.stagedoor.proxy.authn.keys;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an issuer's key set is fetched from, and which certificate authorities vouch for that place.
 *
 * @param jwksUri the fixed {@code https} address of the key set (RFC 7517); without it, the issuer's
 *     discovery document names the address
 * @param trustedCertificates a PEM bundle of the only certificate authorities to trust; without it,
 *     those of the JVM
 */
public record KeySource(Optional<URI> jwksUri, Optional<Path> trustedCertificates) {

    /** Checks that the fixed address, if any, is one of {@code https}. */
    public KeySource {
        Objects.requireNonNull(jwksUri, "jwks uri");
        Objects.requireNonNull(trustedCertificates, "trusted certificates");
        jwksUri.ifPresent(KeySource::requireHttps);
    }

    /** Returns the source that asks the issuer's discovery document, trusting what the JVM trusts. */
    public static KeySource discovery() {
        return new KeySource(Optional.empty(), Optional.empty());
    }

    static boolean isHttps(URI uri) {
        return "https".equals(uri.getScheme())
                && uri.getHost() != null
                && uri.getUserInfo() == null;
    }

    private static void requireHttps(URI uri) {
        if (!isHttps(uri)) {
            throw new IllegalArgumentException("`" + uri + "` is not an https address");
        }
    }
}
