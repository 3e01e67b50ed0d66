package io.stagedoor.proxy.journey;

import io.stagedoor.policy.decision.Delegation;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.directory.Directory;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out who the principals behind a token are, and in which groups. Safe for any thread. */
final class Callers {

    private final Directory directory;

    Callers(Directory directory) {
        this.directory = directory;
    }

    Principal principalOf(VerifiedToken token, Pace pace) throws RefusedException, NotYet {
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

    Optional<Delegation> delegation(VerifiedToken token, Principal principal, Pace pace)
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

    private static <T> T orLater(Optional<T> atHand) throws NotYet {
        if (atHand.isEmpty()) {
            throw new NotYet(NotYet.Lack.TIME);
        }
        return atHand.get();
    }
}
