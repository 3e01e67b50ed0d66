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
 * @param shown the value of the Authorization field that the request counts as having, where its token
 *     stands elsewhere
 */
public record Sender(
        RequestHead head, Optional<String> certificate, String address, Optional<String> shown) {

    /** Makes a sender whose token, if there is one, stands in the Authorization field. */
    public Sender(RequestHead head, Optional<String> certificate, String address) {
        this(head, certificate, address, Optional.empty());
    }

    /** Returns the same sender with a bearer token that stands elsewhere than in the field. */
    public Sender bearing(String token) {
        return new Sender(head, certificate, address, Optional.of("Bearer " + token));
    }

    /** Returns the value of the Authorization field that its token is read from. */
    public Optional<String> authorization() {
        return shown.isPresent() ? shown : head.authorization();
    }

    /** Returns the proofs of possession of a key (RFC 9449, section 4.1). */
    List<String> proofs() {
        return head.fields().all("dpop");
    }

    /** Returns whether there is such a proof. */
    boolean hasProof() {
        return head.fields().has("dpop");
    }

    /** Masks the token that stands elsewhere. */
    @Override
    public String toString() {
        return "Sender[" + head + ", " + address + "]";
    }
}
