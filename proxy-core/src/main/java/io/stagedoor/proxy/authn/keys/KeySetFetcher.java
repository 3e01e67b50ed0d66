package io.stagedoor.proxy.authn.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * Fetches one issuer's key set document: from its fixed address, or from the one that the issuer's
 * discovery document names (OpenID Connect Discovery 1.0, section 4).
 *
 * <p>The discovery document must state exactly the configured issuer, else its keys are another's.
 * Both documents must be declared as JSON.
 */
final class KeySetFetcher implements AutoCloseable {

    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final String issuer;
    private final KeySource source;
    private final HttpsDocuments documents;

    KeySetFetcher(String issuer, KeySource source, Duration limit) throws IOException {
        this.issuer = issuer;
        this.source = source;
        this.documents = HttpsDocuments.trusting(source.trustedCertificates(), limit);
    }

    /**
     * Fetches the document; blocks.
     *
     * @throws IOException if it cannot be had, with a message for operators
     */
    ObjectNode fetch() throws IOException {
        URI address = source.jwksUri().isPresent() ? source.jwksUri().get() : discover();
        return named("key set", address);
    }

    private URI discover() throws IOException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        ObjectNode document = named("discovery document", address(base + DISCOVERY));
        if (!issuer.equals(document.path("issuer").textValue())) {
            throw new ForeignIssuerException("discovery document: it states another issuer");
        }
        String keySet = document.path("jwks_uri").textValue();
        if (keySet == null) {
            throw new IOException("discovery document: it names no key set");
        }
        return address(keySet);
    }

    private ObjectNode named(String what, URI address) throws IOException {
        try {
            return documents.fetch(address);
        } catch (IOException failed) {
            throw new IOException(what + ": " + failed.getMessage(), failed);
        }
    }

    private static URI address(String text) throws IOException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("discovery document: its key set address is malformed");
        }
    }

    @Override
    public void close() {
        documents.close();
    }
}
