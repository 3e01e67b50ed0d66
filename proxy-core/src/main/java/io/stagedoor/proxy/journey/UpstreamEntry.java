package io.stagedoor.proxy.journey;

import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.RootReference;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.policy.scope.RootType;
import io.stagedoor.proxy.authn.Sender;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.credential.CallerProof;
import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.facts.ScopeQuestion;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gets what a request enters its upstream with. Safe for any thread. */
final class UpstreamEntry {

    /** What a session may do that was opened for nothing but to be known at the site. */
    private static final Set<String> READING = Set.of("tableau:content:read");

    private final UpstreamCredentials credentials;

    /**
     * What an upstream is entered with, and what was asked for to get it.
     *
     * @param credential the credential
     * @param demand what another one is asked for with
     */
    record Entered(UpstreamCredential credential, CredentialDemand demand) {}

    UpstreamEntry(UpstreamCredentials credentials) {
        this.credentials = credentials;
    }

    /**
     * Makes sure that a Tableau site has said which it is, since the paths of its calls name it: it says
     * so to whoever is signed in.
     *
     * @throws RefusedException if the caller cannot be signed in
     * @throws NotYet if nobody was yet, and this run may not wait
     */
    void learnSite(Attempt attempt, Sender sender, VerifiedToken token, Destination destination)
            throws RefusedException, NotYet {
        if (destination.root().rootType() != RootType.SITE) {
            return;
        }
        ScopeQuestion question =
                new ScopeQuestion(
                        new ScopeInput.RootName(RootReference.Form.ID),
                        Map.of(),
                        _ -> ScopeValue.absent());
        if (destination.facts().known(question).isEmpty()) {
            var _ = credential(attempt, demand(attempt, sender, token, READING));
        }
    }

    /**
     * Returns the credential that an operation is done with; nothing for one that the proxy answers
     * without the upstream.
     *
     * @throws RefusedException if there is none
     * @throws NotYet if there is none at hand, and this run may not wait
     */
    Optional<Entered> credentialFor(
            Attempt attempt, Sender sender, VerifiedToken token, Operation operation)
            throws RefusedException, NotYet {
        boolean tells = SessionDesk.tellsOfUpstreamSession(operation);
        if (operation.traits().answeredLocally() && !tells) {
            return Optional.empty();
        }
        Set<String> scopes = tells ? READING : operation.traits().upstreamScopes();
        CredentialDemand demand = demand(attempt, sender, token, scopes);
        return Optional.of(new Entered(credential(attempt, demand), demand));
    }

    /**
     * Says that the upstream did not take the credential of an admitted request, and acquires another;
     * may wait.
     *
     * @throws RefusedException if there is none
     */
    UpstreamCredential anotherFor(UpstreamCredential refused, Admitted admitted)
            throws RefusedException {
        credentials.refused(admitted.route().service(), refused);
        return credentials.credentialFor(admitted.entered().orElseThrow().demand());
    }

    private UpstreamCredential credential(Attempt attempt, CredentialDemand demand)
            throws RefusedException, NotYet {
        if (attempt.pace() == Pace.WAITING) {
            return credentials.credentialFor(demand);
        }
        Optional<UpstreamCredential> atHand = credentials.atHand(demand);
        if (atHand.isEmpty()) {
            throw new NotYet(NotYet.Lack.TIME);
        }
        return atHand.get();
    }

    /** The token is copied out of its field only for a service that is entered with it. */
    private CredentialDemand demand(
            Attempt attempt, Sender sender, VerifiedToken token, Set<String> scopes) {
        String service = attempt.trace().route().orElseThrow().service();
        String raw = credentials.takesToken(service) ? rawToken(sender) : "";
        return new CredentialDemand(
                service, new CallerProof(token.principal(), token.userName(), raw), scopes);
    }

    /** The field was verified to be a scheme, one space and the token. */
    private static String rawToken(Sender sender) {
        String field = sender.authorization().orElseThrow();
        return field.substring(field.indexOf(' ') + 1);
    }
}
