package io.stagedoor.proxy.journey;

import io.stagedoor.proxy.authn.LastToken;
import io.stagedoor.proxy.http.RequestHead;
import java.util.Optional;

/**
 * One run of the journey for a request.
 *
 * @param head the checked head
 * @param body the whole body, if it has been read because the decision depends on it; never changed
 * @param pace whether this run may wait
 * @param trace gets what becomes known
 * @param lastToken the token that the request's connection showed last
 */
@SuppressWarnings(
        "ArrayRecordComponent") // the octets that are forwarded, shared and never compared
public record Attempt(
        RequestHead head,
        Optional<byte[]> body,
        Pace pace,
        AdmissionTrace trace,
        LastToken lastToken) {

    /** Makes the first run, which must not wait and has no body. */
    public static Attempt first(RequestHead head, AdmissionTrace trace, LastToken lastToken) {
        return new Attempt(head, Optional.empty(), Pace.INLINE, trace, lastToken);
    }

    /** Returns the same run where it may wait. */
    public Attempt waiting() {
        return new Attempt(head, body, Pace.WAITING, trace, lastToken);
    }

    /** Returns the same run with the body, at first again where it must not wait. */
    public Attempt withBody(byte[] octets) {
        return new Attempt(head, Optional.of(octets), Pace.INLINE, trace, lastToken);
    }
}
