package io.stagedoor.proxy.journey;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.decision.Authorizer;
import io.stagedoor.policy.decision.CallerAccess;
import io.stagedoor.policy.decision.Decision;
import io.stagedoor.policy.decision.Delegation;
import io.stagedoor.policy.decision.Deny;
import io.stagedoor.policy.decision.Permit;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.authn.LastToken;
import io.stagedoor.proxy.authn.Sender;
import io.stagedoor.proxy.authn.TokenAuthenticator;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.directory.Directory;
import io.stagedoor.proxy.directory.DirectoryHealth;
import io.stagedoor.proxy.directory.ownership.OwnedId;
import io.stagedoor.proxy.http.Denials;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.rate.PrincipalRates;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import io.stagedoor.proxy.route.Route;
import io.stagedoor.proxy.route.RouteTable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way of a request to the right to be forwarded, read top to bottom: each line is one stage, and
 * each stage has its own family of refusals.
 *
 * <p>One code path, two places: with warm caches nothing waits and it runs on the event loop ({@link
 * Pace#INLINE}); when something would have to wait it gives up with {@link NotYet} and is run again
 * from the beginning on a virtual thread ({@link Pace#WAITING}). Nothing it does before giving up
 * has an effect. Safe for any thread.
 */
public final class RequestJourney implements Recheck {

    private final Routing routing;
    private final TokenAuthenticator authenticator;
    private final PrincipalRates rates;
    private final Directory directory;
    private final OperationBinder binder;
    private final Authorizer authorizer;
    private final OwnershipRules ownership;
    private final UpstreamEntry entry;
    private final SessionDesk sessions;
    private final TokenPlaces places;
    private final InstantSource clock;

    /**
     * Joins the stages.
     *
     * @param destinations the services that the routes lead to, by name
     */
    public RequestJourney(
            RouteTable routes,
            Map<String, Destination> destinations,
            Stages stages,
            InstantSource clock) {
        this.routing = new Routing(routes, destinations);
        this.authenticator = stages.authenticator();
        this.rates = stages.rates();
        this.directory = stages.directory();
        this.binder = stages.binder();
        this.authorizer = new Authorizer();
        this.ownership = stages.ownership();
        this.entry = new UpstreamEntry(stages.credentials());
        this.sessions = stages.sessions();
        this.places = sessions.places();
        this.clock = clock;
    }

    /**
     * Takes a request through all stages.
     *
     * @throws RefusedException if one of them says no
     * @throws NotYet if it cannot be finished at this pace or without the body
     */
    public Admitted admit(Attempt attempt) throws RefusedException, NotYet {
        Iterator<Route> open = routing.routes(attempt.head()).iterator();
        Route route = open.next();
        while (open.hasNext()) {
            try {
                return admit(attempt, route);
            } catch (RefusedException refused) {
                throwUnlessOfRights(refused);
                route = open.next();
            }
        }
        return admit(attempt, route);
    }

    /** Another service behind the same name may have what this one lacks, but not a better token. */
    private static void throwUnlessOfRights(RefusedException refused) throws RefusedException {
        if (!refused.code().isAboutOneService()) {
            throw refused;
        }
    }

    private Admitted admit(Attempt attempt, Route taken) throws RefusedException, NotYet {
        RequestHead head = attempt.head();
        AdmissionTrace trace = attempt.trace();
        Route route = trace.note(taken);
        Destination destination = routing.destinationOf(route);
        TokenPlaces.Shown shown =
                places.shown(attempt.sender(), attempt.body(), route, destination);
        VerifiedToken token =
                trace.note(authenticate(shown, attempt.pace(), attempt.lastToken(), destination));
        requirePossession(attempt, shown.sender(), token);
        take(trace, token);
        destination.entrance().callers().require(token);
        Principal principal = trace.note(principalOf(token, attempt.pace()));
        MatchedOperation matched = trace.note(Routing.resolve(head, route, destination));
        entry.learnSite(attempt, shown.sender(), token, destination);
        BoundOperation bound = trace.note(bind(attempt, token, matched, destination));
        AccessSnapshot snapshot = trace.note(directory.snapshot(route.service()));
        BoundOperation asked =
                trace.note(binder.withPipelineOfRun(attempt, bound, destination, snapshot));
        Permit start = unlessDenied(decide(attempt, snapshot, token, asked));
        BoundOperation operation = trace.note(binder.withRuns(attempt, asked, destination));
        boolean needsMore = operation.requirements().size() > asked.requirements().size();
        Permit permit =
                needsMore ? unlessDenied(decide(attempt, snapshot, token, operation)) : start;
        requireSignIn(destination, token, operation);
        Optional<UpstreamEntry.Entered> entered =
                entry.credentialFor(attempt, shown.sender(), token, operation.operation());
        Optional<OwnedId> claimed = ownership.check(operation, principal.id());
        return new Admitted(head, route, token, permit, entered, claimed);
    }

    /**
     * Asks again for the same token, the same principal and the same operation, with what is known
     * by now. Not asked about are the credential, who owns an id, and what the token is bound to: all
     * served their purpose when the request was sent, and a proof is good once.
     */
    @Override
    public void require(Admitted admitted, Pace pace) throws RefusedException, NotYet {
        Destination destination =
                routing.destination(admitted.route().service())
                        .orElseThrow(
                                () ->
                                        RefusedException.of(
                                                Code.NO_ROUTE,
                                                "the service is not configured any more"));
        requireTunnel(admitted, destination);
        Sender sender = new Sender(admitted.head(), Optional.empty(), "");
        TokenPlaces.Shown shown =
                places.shown(sender, Optional.empty(), admitted.route(), destination);
        VerifiedToken token = authenticate(shown, pace, new LastToken(), destination);
        destination.entrance().callers().require(token);
        AccessSnapshot snapshot = directory.snapshot(admitted.route().service());
        Principal principal = principalOf(token, pace);
        Optional<Delegation> delegation = delegation(token, principal, pace);
        unlessDenied(decision(snapshot, principal, delegation, admitted.operation()));
        requireSignIn(destination, token, admitted.operation());
    }

    /** What a tunnel requires is configured, and may have changed since it was opened. */
    private void requireTunnel(Admitted admitted, Destination destination) throws RefusedException {
        RequestHead head = admitted.head();
        if (head.opensTunnel()) {
            MatchedOperation now = Routing.resolve(head, admitted.route(), destination);
            if (!now.operation().equals(admitted.operation().operation())) {
                throw RefusedException.of(
                        Code.UNKNOWN_OPERATION, "the tunnel is not configured as it was");
            }
        }
    }

    /**
     * Returns what is seen of the caller of an admitted request. Its cost grows with the number of
     * role assignments: not for event loops.
     */
    public CallerView viewOf(AdmissionTrace trace) {
        VerifiedToken token = trace.token().orElseThrow();
        Principal principal = trace.principal().orElseThrow();
        List<CallerView.InWorkspace> seen =
                directory.health().stream()
                        .map(DirectoryHealth::workspace)
                        .filter(name -> isOpenTo(token, name))
                        .map(name -> new CallerView.InWorkspace(name, known(name, principal)))
                        .toList();
        return new CallerView(token, principal, seen, clock.instant());
    }

    private boolean isOpenTo(VerifiedToken token, String name) {
        return routing.destination(name)
                .map(Destination::audiences)
                .filter(
                        audiences ->
                                audiences.isEmpty()
                                        || !Collections.disjoint(audiences, token.audiences()))
                .isPresent();
    }

    private Optional<CallerView.Known> known(String workspace, Principal principal) {
        try {
            AccessSnapshot snapshot = directory.snapshot(workspace);
            return Optional.of(
                    new CallerView.Known(snapshot, CallerAccess.of(snapshot, principal)));
        } catch (RefusedException _) {
            return Optional.empty();
        }
    }

    /** Returns what opens and ends the proxy's own sessions. */
    public SessionDesk sessions() {
        return sessions;
    }

    /** Of two tokens that a request shows, both must be good and of one principal. */
    private VerifiedToken authenticate(
            TokenPlaces.Shown shown, Pace pace, LastToken lastToken, Destination destination)
            throws RefusedException, NotYet {
        VerifiedToken token = authenticate(shown.sender(), pace, lastToken, destination);
        if (shown.beside().isPresent()) {
            Sender beside = shown.beside().get();
            VerifiedToken other = authenticate(beside, pace, new LastToken(), destination);
            if (!other.principal().equals(token.principal())) {
                throw RefusedException.of(
                        Code.SESSION_UNKNOWN,
                        "the session, or the sign-in, is another principal's than the token in the"
                                + " Authorization field",
                        "send one of the two");
            }
        }
        return token;
    }

    private VerifiedToken authenticate(
            Sender sender, Pace pace, LastToken lastToken, Destination destination)
            throws RefusedException, NotYet {
        Optional<String> field = sender.authorization();
        if (pace == Pace.WAITING) {
            return authenticator.authenticate(
                    field, destination.audiences(), lastToken, sender.address());
        }
        return orLater(authenticator.tryAuthenticate(field, destination.audiences(), lastToken));
    }

    /**
     * Has the sender prove to have what the token is bound to: once for each request, however often the
     * journey is run for it, since a proof is good once.
     */
    private void requirePossession(Attempt attempt, Sender sender, VerifiedToken token)
            throws RefusedException, NotYet {
        AdmissionTrace trace = attempt.trace();
        if (trace.isProven()) {
            return;
        }
        if (attempt.pace() == Pace.INLINE && TokenAuthenticator.provesByKey(token)) {
            throw new NotYet(NotYet.Lack.TIME);
        }
        authenticator.requirePossession(token, sender);
        trace.noteProven();
    }

    private void requireSignIn(
            Destination destination, VerifiedToken token, BoundOperation operation)
            throws RefusedException {
        Optional<StepUp> stepUp = destination.entrance().stepUp();
        if (stepUp.isPresent()) {
            stepUp.get().require(token, operation.operation(), clock.instant());
        }
    }

    /** Counts the request for its principal: once, however often the journey is run for it. */
    private void take(AdmissionTrace trace, VerifiedToken token) throws RefusedException {
        if (!trace.isCounted()) {
            rates.take(token.principal());
            trace.noteCounted();
        }
    }

    private Principal principalOf(VerifiedToken token, Pace pace) throws RefusedException, NotYet {
        return pace == Pace.WAITING
                ? directory.principalOf(
                        token.principal(), token.kind(), token.clientApplication(), token.groups())
                : orLater(
                        directory.principalAtHand(
                                token.principal(),
                                token.kind(),
                                token.clientApplication(),
                                token.groups()));
    }

    /** The token names the groups of its own principal, and of nobody who acts for it. */
    private Principal actorOf(PrincipalId actor, VerifiedToken token, Pace pace)
            throws RefusedException, NotYet {
        PrincipalKind kind = PrincipalKind.SERVICE_PRINCIPAL;
        Optional<String> client = token.clientApplication();
        return pace == Pace.WAITING
                ? directory.principalOf(actor, kind, client, Optional.empty())
                : orLater(directory.principalAtHand(actor, kind, client, Optional.empty()));
    }

    /** Who has the right at the root has it wherever the thing is, so nobody is asked where. */
    private BoundOperation bind(
            Attempt attempt, VerifiedToken token, MatchedOperation matched, Destination destination)
            throws RefusedException, NotYet {
        Optional<BoundOperation> anywhere = binder.atRoot(attempt, matched, destination);
        if (anywhere.isPresent()) {
            AccessSnapshot snapshot =
                    directory.snapshot(attempt.trace().route().orElseThrow().service());
            Principal principal = attempt.trace().principal().orElseThrow();
            Optional<Delegation> delegation = delegation(token, principal, attempt.pace());
            if (decision(snapshot, principal, delegation, anywhere.get()) instanceof Permit) {
                return anywhere.get();
            }
        }
        return binder.bind(attempt, matched, destination);
    }

    private Decision decide(
            Attempt attempt, AccessSnapshot snapshot, VerifiedToken token, BoundOperation operation)
            throws RefusedException, NotYet {
        Principal principal = attempt.trace().principal().orElseThrow();
        Optional<Delegation> delegation = delegation(token, principal, attempt.pace());
        long begun = System.nanoTime();
        Decision decision = decision(snapshot, principal, delegation, operation);
        return attempt.trace().note(decision, Duration.ofNanos(System.nanoTime() - begun));
    }

    private Decision decision(
            AccessSnapshot snapshot,
            Principal principal,
            Optional<Delegation> delegation,
            BoundOperation operation) {
        return delegation.isPresent()
                ? authorizer.decide(snapshot, delegation.get(), operation, clock.instant())
                : authorizer.decide(snapshot, principal, operation, clock.instant());
    }

    private Optional<Delegation> delegation(VerifiedToken token, Principal principal, Pace pace)
            throws RefusedException, NotYet {
        if (token.actingPrincipals().isEmpty()) {
            return Optional.empty();
        }
        List<Principal> actors = new ArrayList<>();
        for (PrincipalId actor : token.actingPrincipals()) {
            actors.add(actorOf(actor, token, pace));
        }
        return Optional.of(new Delegation(principal, actors));
    }

    private static Permit unlessDenied(Decision decision) throws RefusedException {
        return switch (decision) {
            case Permit permit -> permit;
            case Deny deny -> throw new RefusedException(Denials.refusalOf(deny));
        };
    }

    /**
     * Says that the upstream did not take the credential of an admitted request, and acquires another;
     * may wait.
     *
     * @throws RefusedException {@code credential_unavailable} if there is none, or only the same
     */
    public UpstreamCredential credentialInPlaceOf(UpstreamCredential refused, Admitted admitted)
            throws RefusedException {
        UpstreamCredential other = entry.anotherFor(refused, admitted);
        if (other.value().equals(refused.value())) {
            throw RefusedException.of(
                    Code.CREDENTIAL_UNAVAILABLE,
                    "the service did not accept the proxy's credential",
                    "try again shortly; if it lasts, tell the owners of the proxy");
        }
        return other;
    }

    private static <T> T orLater(Optional<T> atHand) throws NotYet {
        if (atHand.isEmpty()) {
            throw new NotYet(NotYet.Lack.TIME);
        }
        return atHand.get();
    }
}
