package io.stagedoor.proxy.authn;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads which client application a token was issued to; a token that names two is refused.
 *
 * @param names the claims that may name it
 */
record ClientReader(ClaimNames names) {

    private static final List<String> AUTHENTICATION = List.of("azpacr", "appidacr");

    Client clientOf(Claims claims) throws RefusedException {
        return new Client(application(claims), authentication(claims));
    }

    private Optional<String> application(Claims claims) throws RefusedException {
        Set<String> named = new HashSet<>();
        for (String claim : names.clientApplication()) {
            claims.text(claim).map(ClientReader::normalise).ifPresent(named::add);
        }
        if (named.size() > 1) {
            throw unacceptable("the token names more than one client application");
        }
        Optional<String> application = named.stream().findFirst();
        if (application.isPresent() && application.flatMap(DisplayText::of).isEmpty()) {
            throw unacceptable("the token names no client application in its place");
        }
        return application;
    }

    private static Optional<ClientAuthentication> authentication(Claims claims)
            throws RefusedException {
        Set<String> stated = new HashSet<>();
        for (String claim : AUTHENTICATION) {
            claims.text(claim).ifPresent(stated::add);
        }
        if (stated.size() > 1) {
            throw unacceptable("the token contradicts itself about its client's authentication");
        }
        return stated.stream().findFirst().flatMap(ClientAuthentication::find);
    }

    /** Returns the one spelling of an application id: a GUID in lower case, another as it is. */
    static String normalise(String application) {
        return PrincipalId.isGuid(application) ? application.toLowerCase(Locale.ROOT) : application;
    }

    private static RefusedException unacceptable(String sentence) {
        return RefusedException.of(Code.TOKEN_UNACCEPTABLE, sentence);
    }
}
