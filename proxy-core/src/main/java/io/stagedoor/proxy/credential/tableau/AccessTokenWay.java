package io.stagedoor.proxy.credential.tableau;

import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.credential.tableau.SignInException.Cause;
import java.util.Optional;

/** Signs in with a personal access token, once for all callers. */
record AccessTokenWay(TableauCredential.PersonalAccessToken token) implements SignInWay {

    @Override
    public String kind() {
        return token.kind();
    }

    @Override
    public SessionKey keyOf(CredentialDemand demand) {
        return SessionKey.SHARED;
    }

    @Override
    public SiteSession signIn(SessionKey key, SiteClient client) throws SignInException {
        String named = "personal access token `" + token.name() + "`";
        String secret;
        try {
            secret = token.secret().get();
        } catch (RuntimeException failure) {
            throw new SignInException(
                    Cause.PROOF,
                    "the secret of " + named + " cannot be read: " + failure.getMessage());
        }
        try {
            return client.signIn(new SignInProof.AccessToken(token.name(), secret));
        } catch (SignInException refused) {
            boolean ours = refused.reason() == Cause.USER || refused.reason() == Cause.PROOF;
            throw ours
                    ? new SignInException(Cause.PROOF, named + ": " + refused.getMessage())
                    : refused;
        }
    }

    @Override
    public boolean endsFormer() {
        return true;
    }

    @Override
    public Optional<SessionKey> ahead() {
        return Optional.of(SessionKey.SHARED);
    }
}
