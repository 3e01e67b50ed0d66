package io.stagedoor.proxy.credential.vault;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.ZoneOffset;
import reactor.core.publisher.Mono;

/**
 * The proxy's identity towards vaults, in the form that their client asks it for. It gives tokens for
 * vaults alone, whatever a vault's challenge asks for.
 */
record VaultIdentity(UpstreamCredentials credentials) implements TokenCredential {

    /** The name that the vaults' credential has among the proxy's. */
    static final String NAME = "key vault";

    private static final CredentialDemand DEMAND = CredentialDemand.ofProxy(NAME);
    private static final int SCHEME = "Bearer ".length();

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromCallable(() -> getTokenSync(request));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        try {
            UpstreamCredential credential = credentials.credentialFor(DEMAND);
            return new AccessToken(
                    credential.value().substring(SCHEME),
                    credential.expiresAt().atOffset(ZoneOffset.UTC));
        } catch (RefusedException _) {
            throw new UnreadableSecretException(
                    "the proxy has no token for vaults: "
                            + credentials.health().getFirst().lastFailure().orElse(""));
        }
    }
}
