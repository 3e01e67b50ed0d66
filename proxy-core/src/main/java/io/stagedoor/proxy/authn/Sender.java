package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.http.RequestHead;
import java.util.List;
import java.util.Optional;

/**
 * What a request shows of who sent it, beside its token.
 *
 * @param head the request
 * @param certificate the SHA-256 thumbprint of the certificate that the client showed on this
 *     connection, if it showed one
 * @param address the address it comes from, as text
 */
public record Sender(RequestHead head, Optional<String> certificate, String address) {

    /** Returns the proofs of possession of a key (RFC 9449, section 4.1). */
    List<String> proofs() {
        return head.fields().all("dpop");
    }

    /** Returns whether there is such a proof. */
    boolean hasProof() {
        return head.fields().has("dpop");
    }
}
