package io.stagedoor.proxy.cli.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Where an issuer does what, as its discovery document says (OpenID Connect Discovery 1.0, section 3;
 * RFC 8414; RFC 8628, section 4).
 *
 * @param issuer exactly what it calls itself
 * @param authorization where a browser is sent to
 * @param token the token endpoint
 * @param deviceAuthorization where a device code is asked for
 * @param revocation where tokens are revoked (RFC 7009)
 * @param keySet where its signing keys are
 * @param namesItselfInRedirects whether its redirects carry {@code iss} (RFC 9207)
 */
public record IssuerMetadata(
        String issuer,
        Optional<URI> authorization,
        URI token,
        Optional<URI> deviceAuthorization,
        Optional<URI> revocation,
        Optional<URI> keySet,
        boolean namesItselfInRedirects) {

    private static final String DOCUMENT = "/.well-known/openid-configuration";

    /**
     * Asks the issuer for its document.
     *
     * @throws IOException if there is none, it is another issuer's, or an address in it is not one of
     *     {@code https}
     */
    public static IssuerMetadata discover(IssuerConnection connection, String issuer)
            throws IOException, InterruptedException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        IssuerConnection.Reply reply = connection.get(requireHttps(base + DOCUMENT, "issuer"));
        if (!reply.isGood()) {
            throw new IOException(
                    "`" + issuer + "` has no discovery document: status " + reply.status());
        }
        return from(reply.object("the discovery document"), issuer);
    }

    private static IssuerMetadata from(ObjectNode document, String issuer) throws IOException {
        String stated = document.path("issuer").asText("");
        if (!issuer.equals(stated)) {
            throw new IOException(
                    "the discovery document is of the issuer `"
                            + VisibleText.of(stated)
                            + "`, not of `"
                            + issuer
                            + "`: give the issuer exactly as it calls itself");
        }
        return new IssuerMetadata(
                issuer,
                address(document, "authorization_endpoint"),
                address(document, "token_endpoint")
                        .orElseThrow(() -> new IOException("the issuer has no token endpoint")),
                address(document, "device_authorization_endpoint"),
                address(document, "revocation_endpoint"),
                address(document, "jwks_uri"),
                document.path("authorization_response_iss_parameter_supported").asBoolean());
    }

    private static Optional<URI> address(ObjectNode document, String name) throws IOException {
        return document.hasNonNull(name)
                ? Optional.of(requireHttps(document.path(name).asText(), name))
                : Optional.empty();
    }

    private static URI requireHttps(String text, String what) throws IOException {
        URI address = parsed(text, what);
        boolean fit =
                "https".equals(address.getScheme())
                        && address.getHost() != null
                        && address.getRawUserInfo() == null
                        && address.getRawFragment() == null;
        if (!fit) {
            throw new IOException(notHttps(text, what));
        }
        return address;
    }

    private static URI parsed(String text, String what) throws IOException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw new IOException(notHttps(text, what), malformed);
        }
    }

    private static String notHttps(String text, String what) {
        return "the " + what + " `" + VisibleText.of(text) + "` is not an https address";
    }
}
