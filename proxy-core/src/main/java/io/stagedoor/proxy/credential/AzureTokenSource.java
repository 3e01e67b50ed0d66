package io.stagedoor.proxy.credential;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Asks Entra, or the platform's identity endpoint, through Azure Identity.
 *
 * <p>A new credential object is made for each acquisition, because the library keeps tokens in the
 * object: only a new one gives a new token ahead of expiry or after the upstream refused the old
 * one. (For managed identities the library and the platform keep tokens beyond that; they answer
 * with the same token until near its expiry, which {@link AcquiredToken#of} allows for.)
 */
final class AzureTokenSource implements TokenSource {

    private final CredentialSource source;
    private final AzureCredentials credentials;
    private final String scope;
    private final InstantSource clock;

    AzureTokenSource(CredentialSource source, TokenAuthority authority, InstantSource clock) {
        this.source = source;
        this.credentials = new AzureCredentials(authority);
        this.scope = authority.scope();
        this.clock = clock;
    }

    @Override
    public AcquiredToken acquire() throws TokenUnavailableException {
        Optional<String> secret = currentSecret();
        AccessToken token = ask(secret);
        Instant now = clock.instant();
        Instant expiresAt = token.getExpiresAt().toInstant();
        if (!expiresAt.isAfter(now)) {
            throw new TokenUnavailableException(
                    "the " + source.kind() + " gave a token that expired at " + expiresAt);
        }
        return AcquiredToken.of(UpstreamCredential.bearer(token.getToken(), expiresAt), now);
    }

    private AccessToken ask(Optional<String> secret) throws TokenUnavailableException {
        try {
            return credentials
                    .of(source, secret)
                    .getTokenSync(new TokenRequestContext().addScopes(scope));
        } catch (RuntimeException failure) {
            throw new TokenUnavailableException(
                    "the "
                            + source.kind()
                            + " gave no token: "
                            + SecretFreeText.of(failure, secret));
        }
    }

    private Optional<String> currentSecret() throws TokenUnavailableException {
        if (!(source instanceof CredentialSource.ClientSecret app)) {
            return Optional.empty();
        }
        try {
            return Optional.of(app.secret().get().strip());
        } catch (RuntimeException failure) {
            throw new TokenUnavailableException(
                    "the client secret could not be read: "
                            + SecretFreeText.of(failure, Optional.empty()));
        }
    }
}
