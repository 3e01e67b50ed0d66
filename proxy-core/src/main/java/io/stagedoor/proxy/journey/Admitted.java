package io.stagedoor.proxy.journey;

import io.stagedoor.policy.decision.Permit;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.directory.ownership.OwnedId;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.route.Route;
import java.util.Optional;

/**
 * The proof that a request passed every stage. Only the journey makes one, and nothing is forwarded
 * or answered for a caller without one.
 */
public final class Admitted {

    private final RequestHead head;
    private final Route route;
    private final VerifiedToken token;
    private final Permit permit;
    private final Optional<UpstreamEntry.Entered> entered;
    private final Optional<OwnedId> claimed;

    Admitted(
            RequestHead head,
            Route route,
            VerifiedToken token,
            Permit permit,
            Optional<UpstreamEntry.Entered> entered,
            Optional<OwnedId> claimed) {
        this.head = head;
        this.route = route;
        this.token = token;
        this.permit = permit;
        this.entered = entered;
        this.claimed = claimed;
    }

    /** Returns the head that was checked. */
    public RequestHead head() {
        return head;
    }

    /** Returns where it goes. */
    public Route route() {
        return route;
    }

    /** Returns the token that was verified. */
    public VerifiedToken token() {
        return token;
    }

    /** Returns who may do what, and why. */
    public Permit permit() {
        return permit;
    }

    /** Returns the operation that is permitted. */
    public BoundOperation operation() {
        return permit.operation();
    }

    /**
     * Returns the credential for the upstream; empty for an operation that the proxy answers itself.
     */
    public Optional<UpstreamCredential> credential() {
        return entered.map(UpstreamEntry.Entered::credential);
    }

    /** Returns what the upstream is entered with, and what was asked for to get it. */
    Optional<UpstreamEntry.Entered> entered() {
        return entered;
    }

    /**
     * Returns whether the upstream gets the client's own credential: what it says of it, it says to the
     * client.
     */
    public boolean hasClientsCredential() {
        return credential().filter(UpstreamCredential::isCallers).isPresent();
    }

    /**
     * Returns the id of the client's choice that this request was the first to use; it is to be
     * given up if the request is never sent.
     */
    public Optional<OwnedId> claimed() {
        return claimed;
    }
}
