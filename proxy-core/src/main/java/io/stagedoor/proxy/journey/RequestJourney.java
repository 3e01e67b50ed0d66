package io.stagedoor.proxy.journey;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.decision.Authorizer;
import io.stagedoor.policy.decision.Decision;
import io.stagedoor.policy.decision.Deny;
import io.stagedoor.policy.decision.Permit;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.proxy.authn.LastToken;
import io.stagedoor.proxy.authn.TokenAuthenticator;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.Directory;
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

    private final RouteTable routes;
    private final Map<String, Workspace> workspaces;
    private final TokenAuthenticator authenticator;
    private final PrincipalRates rates;
    private final Directory directory;
    private final OperationCatalogue catalogue;
    private final OperationBinder binder;
    private final Authorizer authorizer;
    private final OwnershipRules ownership;
    private final UpstreamCredentials credentials;
    private final InstantSource clock;

    /**
     * Joins the stages.
     *
     * @param workspaces the workspaces that the routes lead to, by name
     */
    public RequestJourney(
            RouteTable routes,
            Map<String, Workspace> workspaces,
            Stages stages,
            InstantSource clock) {
        this.routes = routes;
        this.workspaces = Map.copyOf(workspaces);
        this.authenticator = stages.authenticator();
        this.rates = stages.rates();
        this.directory = stages.directory();
        this.catalogue = stages.catalogue();
        this.binder = stages.binder();
        this.authorizer = new Authorizer();
        this.ownership = stages.ownership();
        this.credentials = stages.credentials();
        this.clock = clock;
    }

    /**
     * Takes a request through all stages.
     *
     * @throws RefusedException if one of them says no
     * @throws NotYet if it cannot be finished at this pace or without the body
     */
    public Admitted admit(Attempt attempt) throws RefusedException, NotYet {
        RequestHead head = attempt.head();
        AdmissionTrace trace = attempt.trace();
        Route route = trace.note(routes.match(head));
        Workspace workspace = workspaceOf(route);
        VerifiedToken token =
                trace.note(authenticate(head, attempt.pace(), attempt.lastToken(), workspace));
        take(trace, token);
        Principal principal = trace.note(principalOf(token));
        MatchedOperation matched = trace.note(resolve(head, route, workspace));
        BoundOperation operation = trace.note(binder.bind(attempt, matched, workspace));
        AccessSnapshot snapshot = trace.note(directory.snapshot(route.workspace()));
        Permit permit = unlessDenied(decide(trace, snapshot, principal, operation));
        Optional<UpstreamCredential> credential = credentialFor(attempt, route, operation);
        Optional<OwnedId> claimed = ownership.check(operation, principal.id());
        return new Admitted(head, route, token, permit, credential, claimed);
    }

    /**
     * Asks again for the same token, the same principal and the same operation, with what is known
     * by now. Neither the credential nor who owns an id is asked about: both served their purpose
     * when the request was sent.
     */
    @Override
    public void require(Admitted admitted, Pace pace) throws RefusedException, NotYet {
        Workspace workspace = workspaces.get(admitted.route().workspace());
        if (workspace == null) {
            throw RefusedException.of(Code.NO_ROUTE, "the workspace is not configured any more");
        }
        requireTunnel(admitted, workspace);
        Principal principal =
                principalOf(authenticate(admitted.head(), pace, new LastToken(), workspace));
        AccessSnapshot snapshot = directory.snapshot(admitted.route().workspace());
        unlessDenied(authorizer.decide(snapshot, principal, admitted.operation(), clock.instant()));
    }

    /** What a tunnel requires is configured, and may have changed since it was opened. */
    private void requireTunnel(Admitted admitted, Workspace workspace) throws RefusedException {
        RequestHead head = admitted.head();
        if (head.opensTunnel()) {
            MatchedOperation now = resolve(head, admitted.route(), workspace);
            if (!now.operation().equals(admitted.operation().operation())) {
                throw RefusedException.of(
                        Code.UNKNOWN_OPERATION, "the tunnel is not configured as it was");
            }
        }
    }

    private Workspace workspaceOf(Route route) {
        Workspace workspace = workspaces.get(route.workspace());
        if (workspace == null) {
            throw new IllegalStateException("no workspace `" + route.workspace() + "`");
        }
        return workspace;
    }

    private VerifiedToken authenticate(
            RequestHead head, Pace pace, LastToken lastToken, Workspace workspace)
            throws RefusedException, NotYet {
        Optional<String> field = head.authorization();
        if (pace == Pace.WAITING) {
            return authenticator.authenticate(field, workspace.audiences(), lastToken);
        }
        return orLater(authenticator.tryAuthenticate(field, workspace.audiences(), lastToken));
    }

    /** Counts the request for its principal: once, however often the journey is run for it. */
    private void take(AdmissionTrace trace, VerifiedToken token) throws RefusedException {
        if (!trace.isCounted()) {
            rates.take(token.principal());
            trace.noteCounted();
        }
    }

    private Principal principalOf(VerifiedToken token) {
        return directory.principalOf(
                token.principal(), token.kind(), token.clientApplication(), token.groups());
    }

    /** The opening of a WebSocket is an operation of its own, or none: never the call of that path. */
    private MatchedOperation resolve(RequestHead head, Route route, Workspace workspace)
            throws RefusedException {
        return (head.opensTunnel() ? workspace.tunnels() : catalogue)
                .resolve(head.method(), route.target().segments(), route.target()::query)
                .orElseThrow(
                        () ->
                                RefusedException.of(
                                        Code.UNKNOWN_OPERATION,
                                        "the request is no documented operation of the service",
                                        "check method and path against the service's reference"));
    }

    private Decision decide(
            AdmissionTrace trace,
            AccessSnapshot snapshot,
            Principal principal,
            BoundOperation operation) {
        long begun = System.nanoTime();
        Decision decision = authorizer.decide(snapshot, principal, operation, clock.instant());
        return trace.note(decision, Duration.ofNanos(System.nanoTime() - begun));
    }

    private static Permit unlessDenied(Decision decision) throws RefusedException {
        return switch (decision) {
            case Permit permit -> permit;
            case Deny deny -> throw new RefusedException(Denials.refusalOf(deny));
        };
    }

    private Optional<UpstreamCredential> credentialFor(
            Attempt attempt, Route route, BoundOperation operation)
            throws RefusedException, NotYet {
        if (operation.operation().traits().answeredLocally()) {
            return Optional.empty();
        }
        return Optional.of(
                attempt.pace() == Pace.WAITING
                        ? credentials.credentialFor(route.workspace())
                        : orLater(credentials.current(route.workspace())));
    }

    private static <T> T orLater(Optional<T> atHand) throws NotYet {
        if (atHand.isEmpty()) {
            throw new NotYet(NotYet.Lack.TIME);
        }
        return atHand.get();
    }
}
