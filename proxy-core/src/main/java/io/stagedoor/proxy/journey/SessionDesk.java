package io.stagedoor.proxy.journey;

import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.authn.session.OpenSession;
import io.stagedoor.proxy.authn.session.ProxySessions;
import io.stagedoor.proxy.credential.tableau.SignedIn;
import io.stagedoor.proxy.credential.tableau.TableauSessions;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Map;
import java.util.Optional;

/**
 * Opens and ends the proxy's own sessions for admitted requests, and says whose the sessions behind them
 * are. Safe for any thread; nothing waits.
 */
public final class SessionDesk {

    private static final String SIGN_IN = "sign_in";
    private static final String SIGN_OUT = "sign_out";
    private static final String CURRENT = "get_current_server_session";

    private final ProxySessions sessions;
    private final Map<String, TableauSessions> sites;

    /**
     * Makes the desk.
     *
     * @param sites what each site's sessions are, by the names of their services
     */
    public SessionDesk(ProxySessions sessions, Map<String, TableauSessions> sites) {
        this.sessions = sessions;
        this.sites = Map.copyOf(sites);
    }

    /** Returns whether a client opens a session of the proxy's own with this operation. */
    public static boolean opens(Operation operation) {
        return isTableau(operation, SIGN_IN);
    }

    /** Returns whether a client ends a session of the proxy's own with this operation. */
    public static boolean ends(Operation operation) {
        return isTableau(operation, SIGN_OUT);
    }

    /** Returns whether a client asks which session it has. */
    public static boolean tells(Operation operation) {
        return isTableau(operation, CURRENT);
    }

    /** Returns whether the answer to the operation is about a session at the upstream. */
    static boolean tellsOfUpstreamSession(Operation operation) {
        return opens(operation) || tells(operation);
    }

    private static boolean isTableau(Operation operation, String name) {
        return operation.platform() == Platform.TABLEAU && operation.name().equals(name);
    }

    TokenPlaces places() {
        return new TokenPlaces(sessions);
    }

    /**
     * Opens a session that stands for the token of an admitted sign-in, until it expires.
     *
     * @param body the document that was signed in with
     * @return what the client shows from now on; a secret
     */
    public String open(Admitted admitted, byte[] body) throws RefusedException {
        VerifiedToken token = admitted.token();
        return sessions.open(
                new OpenSession(
                        admitted.route().service(),
                        token.principal(),
                        TokenPlaces.tokenOf(admitted.head(), body),
                        token.expiresAt()));
    }

    /** Ends the session that an admitted request shows, if it shows one. */
    public void end(Admitted admitted) throws RefusedException {
        Optional<String> value = TokenPlaces.sessionOf(admitted.head());
        if (value.isPresent()) {
            sessions.end(admitted.route().service(), value.get());
        }
    }

    /**
     * Returns whose session an admitted request is done with.
     *
     * @throws RefusedException with {@code credential_unavailable} if it ended a moment ago
     */
    public SignedIn signedIn(Admitted admitted) throws RefusedException {
        TableauSessions site = sites.get(admitted.route().service());
        return admitted.credential()
                .flatMap(credential -> site == null ? Optional.empty() : site.signedIn(credential))
                .orElseThrow(
                        () ->
                                RefusedException.of(
                                        Code.CREDENTIAL_UNAVAILABLE,
                                        "the session at Tableau has ended",
                                        "try again"));
    }
}
