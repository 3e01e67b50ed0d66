package io.stagedoor.proxy.credential;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.stagedoor.proxy.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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

    /** Makes the library's object for one acquisition. */
    @FunctionalInterface
    private interface Means {
        TokenCredential with(String secret, CredentialDemand demand);
    }

    private final String kind;
    private final Means means;
    private final Optional<RotatingSecret> secret;
    private final Optional<ExchangeRefusals> refusals;
    private final TokenRequestContext request;
    private final InstantSource clock;

    private AzureTokenSource(
            CredentialSource source, Means means, TokenAuthority authority, InstantSource clock) {
        this.kind = source.kind();
        this.means = means;
        this.secret = secretOf(source).map(all -> new RotatingSecret(gaveNone(), all));
        this.refusals =
                source instanceof CredentialSource.OnBehalfOf user
                        ? Optional.of(new ExchangeRefusals(user.authorizationUri()))
                        : Optional.empty();
        this.request = new TokenRequestContext().addScopes(authority.scope());
        this.clock = clock;
    }

    /** Makes a source of tokens of the platform's identity. */
    static AzureTokenSource of(
            CredentialSource.ManagedIdentity identity,
            TokenAuthority authority,
            InstantSource clock) {
        AzureCredentials credentials = new AzureCredentials(authority);
        return new AzureTokenSource(
                identity, (_, _) -> credentials.managed(identity), authority, clock);
    }

    /** Makes a source of tokens of an application. */
    static AzureTokenSource of(
            CredentialSource.Application application,
            TokenAuthority authority,
            InstantSource clock) {
        AzureCredentials credentials = new AzureCredentials(authority);
        return new AzureTokenSource(
                application, (secret, _) -> credentials.own(application, secret), authority, clock);
    }

    /** Makes a source of tokens that an application gets on behalf of callers. */
    static AzureTokenSource of(
            CredentialSource.OnBehalfOf users, TokenAuthority authority, InstantSource clock) {
        AzureCredentials credentials = new AzureCredentials(authority);
        return new AzureTokenSource(
                users,
                (secret, demand) ->
                        credentials.onBehalf(users.application(), secret, demand.caller().token()),
                authority,
                clock);
    }

    private static Optional<List<SecretSource>> secretOf(CredentialSource source) {
        return switch (source) {
            case CredentialSource.ClientSecret app -> Optional.of(app.secrets());
            case CredentialSource.ClientCertificate app ->
                    Optional.of(List.of(new CertificateSecret(app.file(), app.password())));
            case CredentialSource.OnBehalfOf users -> secretOf(users.application());
            case CredentialSource.ManagedIdentity _,
                    CredentialSource.WorkloadIdentity _,
                    CredentialSource.StaticBearer _,
                    CredentialSource.PassThrough _ ->
                    Optional.empty();
        };
    }

    @Override
    public AcquiredToken acquire(CredentialDemand demand) throws TokenUnavailableException {
        AccessToken token =
                secret.isPresent()
                        ? secret.get().use(text -> ask(text, demand))
                        : orFail(ask("", demand));
        Instant now = clock.instant();
        Instant expiresAt = token.getExpiresAt().toInstant();
        if (!expiresAt.isAfter(now)) {
            throw new TokenUnavailableException(
                    "the " + kind + " gave a token that expired at " + expiresAt);
        }
        return AcquiredToken.of(UpstreamCredential.bearer(token.getToken(), expiresAt), now);
    }

    @Override
    public List<SecretExpiry> expiries() {
        return secret.map(RotatingSecret::expiries).orElse(List.of());
    }

    private RotatingSecret.Outcome<AccessToken> ask(String text, CredentialDemand demand)
            throws TokenUnavailableException {
        try {
            return new RotatingSecret.Outcome.Taken<>(
                    means.with(text, demand).getTokenSync(request));
        } catch (RuntimeException failure) {
            EntraAnswer answer = EntraAnswer.of(failure);
            String why = SecretFreeText.of(answer.failure(), Optional.of(text));
            if (answer.isOfSecret()) {
                return new RotatingSecret.Outcome.Refused<>(why);
            }
            throw unavailable(why, refusals.flatMap(all -> all.refusalOf(answer)));
        }
    }

    private TokenUnavailableException unavailable(String why, Optional<Refusal> refusal) {
        String message = gaveNone() + ": " + why;
        return refusal.isPresent()
                ? new TokenUnavailableException(message, refusal.get())
                : new TokenUnavailableException(message);
    }

    private AccessToken orFail(RotatingSecret.Outcome<AccessToken> outcome)
            throws TokenUnavailableException {
        return switch (outcome) {
            case RotatingSecret.Outcome.Taken<AccessToken>(AccessToken token) -> token;
            case RotatingSecret.Outcome.Refused<AccessToken>(String why) ->
                    throw unavailable(why, Optional.empty());
        };
    }

    private String gaveNone() {
        return "the " + kind + " gave no token";
    }
}
