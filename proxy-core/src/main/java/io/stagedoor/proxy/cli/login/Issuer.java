package io.stagedoor.proxy.cli.login;

import io.stagedoor.proxy.cli.oauth.IdTokens;
import io.stagedoor.proxy.cli.oauth.IssuerConnection;
import io.stagedoor.proxy.cli.oauth.IssuerMetadata;
import io.stagedoor.proxy.cli.oauth.TokenAnswer;
import io.stagedoor.proxy.cli.oauth.TokenEndpoint;
import io.stagedoor.proxy.cli.profile.HeldTokens;
import io.stagedoor.proxy.cli.profile.Profile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The issuer of a profile, found by its discovery document and connected to.
 *
 * @param metadata what it says of itself
 * @param endpoint where the profile's client asks for tokens
 * @param idTokens verifies who logged in
 * @param clock tells when tokens end
 * @param connection closed with this
 */
public record Issuer(
        IssuerMetadata metadata,
        TokenEndpoint endpoint,
        IdTokens idTokens,
        InstantSource clock,
        IssuerConnection connection)
        implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * Finds the issuer of a profile.
     *
     * @throws IOException if it cannot be reached, or is another
     */
    public static Issuer of(Profile profile, InstantSource clock)
            throws IOException, InterruptedException {
        IssuerConnection connection =
                IssuerConnection.trusting(profile.issuerCertificates(), LIMIT);
        try {
            IssuerMetadata metadata = IssuerMetadata.discover(connection, profile.issuer());
            return new Issuer(
                    metadata,
                    new TokenEndpoint(connection, metadata, profile.client()),
                    new IdTokens(
                            metadata,
                            profile.client().clientId(),
                            profile.issuerCertificates(),
                            clock),
                    clock,
                    connection);
        } catch (IOException | InterruptedException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Gives the tokens of an answer, after verifying the ID token if one came.
     *
     * @param asked when the answer was asked for
     * @param nonce what the ID token must repeat, if the request said one
     */
    HeldTokens held(TokenAnswer answer, Instant asked, Optional<String> nonce) throws IOException {
        Optional<String> account = Optional.empty();
        if (answer.idToken().isPresent()) {
            account = idTokens.account(answer.idToken().get(), nonce);
        }
        return HeldTokens.of(answer, asked, account);
    }

    @Override
    public void close() {
        connection.close();
    }
}
