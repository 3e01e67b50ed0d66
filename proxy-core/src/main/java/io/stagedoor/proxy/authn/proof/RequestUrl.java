package io.stagedoor.proxy.authn.proof;

import io.stagedoor.proxy.http.Authority;
import io.stagedoor.proxy.http.CanonicalTarget;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.refusal.RefusedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * The URL that a client asked for, which is what it signs: its {@code Host} and its target as they
 * came, before any path prefix is taken off, and always {@code https}, since a listener without TLS
 * stands behind a sidecar that speaks it to clients.
 */
final class RequestUrl {

    private static final int HTTPS = 443;

    private RequestUrl() {}

    /**
     * Returns whether the text is the URL of the request, leaving out query and fragment (RFC 9449,
     * section 4.3). Case of the host, a default port and percent-encodings make no difference.
     */
    static boolean isOf(String text, RequestHead head) {
        return parsed(text)
                .filter(uri -> "https".equalsIgnoreCase(uri.getScheme()))
                .filter(uri -> uri.getRawUserInfo() == null)
                .filter(uri -> isAt(uri, head.authority()))
                .flatMap(RequestUrl::target)
                .filter(target -> target.segments().equals(head.target().segments()))
                .isPresent();
    }

    private static boolean isAt(URI uri, Authority authority) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() < 0 ? HTTPS : uri.getPort();
        return host.equals(authority.host()) && port == authority.port().orElse(HTTPS);
    }

    private static Optional<CanonicalTarget> target(URI uri) {
        String path = uri.getRawPath();
        try {
            return Optional.of(CanonicalTarget.parse(path.isEmpty() ? "/" : path));
        } catch (RefusedException ambiguous) {
            return Optional.empty();
        }
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
