package io.stagedoor.proxy.journey;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.decision.Decision;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.refresh.GuardFinding;
import io.stagedoor.proxy.route.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What has become known of a request on its way, as far as it came: the material of its audit
 * record, whether it was admitted or refused.
 *
 * <p>Written by one thread at a time: the exchange hands it to the journey and gets it back.
 */
public final class AdmissionTrace {

    private final Instant startedAt;
    private Optional<Route> route = Optional.empty();
    private Optional<VerifiedToken> token = Optional.empty();
    private Optional<Principal> principal = Optional.empty();
    private Optional<MatchedOperation> matched = Optional.empty();
    private Optional<BoundOperation> operation = Optional.empty();
    private Optional<AccessSnapshot> snapshot = Optional.empty();
    private Optional<Decision> decision = Optional.empty();
    private Optional<GuardFinding> refresh = Optional.empty();
    private boolean counted;
    private boolean proven;
    private Duration decidingTook = Duration.ZERO;

    /** Makes an empty trace of a request whose head arrived at the given time. */
    public AdmissionTrace(Instant startedAt) {
        this.startedAt = startedAt;
    }

    /** Notes that the request was counted for its principal. */
    void noteCounted() {
        counted = true;
    }

    boolean isCounted() {
        return counted;
    }

    /** Notes that the sender proved to have what its token is bound to. */
    void noteProven() {
        proven = true;
    }

    boolean isProven() {
        return proven;
    }

    Route note(Route found) {
        route = Optional.of(found);
        return found;
    }

    VerifiedToken note(VerifiedToken found) {
        token = Optional.of(found);
        return found;
    }

    Principal note(Principal found) {
        principal = Optional.of(found);
        return found;
    }

    MatchedOperation note(MatchedOperation found) {
        matched = Optional.of(found);
        return found;
    }

    BoundOperation note(BoundOperation found) {
        operation = Optional.of(found);
        return found;
    }

    AccessSnapshot note(AccessSnapshot found) {
        snapshot = Optional.of(found);
        return found;
    }

    Decision note(Decision found, Duration took) {
        decision = Optional.of(found);
        decidingTook = took;
        return found;
    }

    GuardFinding note(GuardFinding found) {
        refresh = Optional.of(found);
        return found;
    }

    /** Returns what was seen of the sources of a refresh, if it is one that is guarded. */
    public Optional<GuardFinding> refresh() {
        return refresh;
    }

    /** Returns when the head of the request arrived. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Returns the route, if one matched. */
    public Optional<Route> route() {
        return route;
    }

    /** Returns the token, if a good one was shown. */
    public Optional<VerifiedToken> token() {
        return token;
    }

    /** Returns the principal, if the token was good. */
    public Optional<Principal> principal() {
        return principal;
    }

    /** Returns the operation that the request was found to be. */
    public Optional<MatchedOperation> matched() {
        return matched;
    }

    /** Returns the operation with all that its decision needs. */
    public Optional<BoundOperation> operation() {
        return operation;
    }

    /** Returns the snapshot that was decided on. */
    public Optional<AccessSnapshot> snapshot() {
        return snapshot;
    }

    /** Returns the decision of the policy, if it came to one. */
    public Optional<Decision> decision() {
        return decision;
    }

    /** Returns how long the policy took. */
    public Duration decidingTook() {
        return decidingTook;
    }
}
