package io.stagedoor.proxy.audit.fact;

import java.util.Optional;

/**
 * What was asked, in words that hold for every protocol.
 *
 * @param id the request id, which is also the decision id the caller is told
 * @param route the route it came in by, when one matched
 * @param method the verb of the protocol, such as `POST`
 * @param path the normalised path template of the operation, or the decided path when no operation
 *     is known
 * @param operation the catalogue name of the operation, when there is one
 * @param stateChanging whether it may change anything upstream
 * @param resource what it is about, when that is known
 * @param client where it came from
 */
public record RequestFacts(
        String id,
        Optional<String> route,
        String method,
        String path,
        Optional<String> operation,
        boolean stateChanging,
        Optional<ResourceKey> resource,
        ClientFacts client) {

    /**
     * Where a request came from.
     *
     * @param address the peer address as text
     * @param userAgent what the client calls itself
     * @param requestId the client's own correlation id ({@code x-ms-client-request-id})
     * @param certificate the certificate it showed in the TLS handshake
     */
    public record ClientFacts(
            String address,
            Optional<String> userAgent,
            Optional<String> requestId,
            Optional<CertificateFacts> certificate) {

        /** Makes the facts of a client that showed no certificate. */
        public ClientFacts(String address, Optional<String> userAgent, Optional<String> requestId) {
            this(address, userAgent, requestId, Optional.empty());
        }
    }

    /**
     * A client's certificate.
     *
     * @param thumbprint its SHA-256 in base64url, as in {@code x5t#S256}
     * @param subject its subject
     */
    public record CertificateFacts(String thumbprint, String subject) {}
}
