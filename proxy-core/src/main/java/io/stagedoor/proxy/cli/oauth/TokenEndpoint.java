package io.stagedoor.proxy.cli.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.config.value.Secret;
import java.io.IOException;
import java.net.URI;

/**
 * Asks an issuer for tokens in the name of a public client, and gives them back.
 *
 * <p>Each method throws {@link IssuerRefusedException} when the issuer says no, {@link IOException}
 * when it cannot be asked or makes no sense.
 */
public final class TokenEndpoint {
    private final IssuerConnection connection;
    private final IssuerMetadata metadata;
    private final ClientRegistration client;

    /** Makes one; nothing is asked yet. */
    public TokenEndpoint(
            IssuerConnection connection, IssuerMetadata metadata, ClientRegistration client) {
        this.connection = connection;
        this.metadata = metadata;
        this.client = client;
    }

    /**
     * Gives the address that a browser is sent to (RFC 6749, section 4.1.1; RFC 7636, section 4.3).
     *
     * @param nonce what the ID token must repeat
     * @throws IOException if the issuer has no such page
     */
    public URI authorization(URI redirect, String state, String nonce, String verifier)
            throws IOException {
        URI page =
                metadata.authorization()
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "the issuer has no page to log in on; try --device"));
        return client.formWithScopes()
                .with("response_type", "code")
                .with("redirect_uri", redirect.toString())
                .with("state", state)
                .with("nonce", nonce)
                .with("code_challenge", RandomText.challengeOf(verifier))
                .with("code_challenge_method", "S256")
                .appendedTo(page);
    }

    /** Exchanges an authorization code (RFC 6749, section 4.1.3). */
    public TokenAnswer exchange(String code, URI redirect, String verifier)
            throws IOException, InterruptedException, IssuerRefusedException {
        return tokens(
                client.form()
                        .with("grant_type", "authorization_code")
                        .with("code", code)
                        .with("redirect_uri", redirect.toString())
                        .with("code_verifier", verifier));
    }

    /** Asks for the next access token (RFC 6749, section 6). */
    public TokenAnswer refresh(Secret refreshToken)
            throws IOException, InterruptedException, IssuerRefusedException {
        return tokens(
                client.formWithScopes()
                        .with("grant_type", "refresh_token")
                        .with("refresh_token", refreshToken.reveal()));
    }

    /**
     * Asks for a device code (RFC 8628, section 3.1). Binds it to a verifier as authorization codes
     * are: issuers that know nothing of that ignore it (RFC 6749, section 3.2), and Keycloak demands
     * it of clients that must use PKCE.
     */
    public DeviceCode deviceCode(String verifier)
            throws IOException, InterruptedException, IssuerRefusedException {
        URI address =
                metadata.deviceAuthorization()
                        .orElseThrow(() -> new IOException("the issuer offers no device codes"));
        return DeviceCode.from(
                good(
                        connection.post(
                                address,
                                client.formWithScopes()
                                        .with("code_challenge", RandomText.challengeOf(verifier))
                                        .with("code_challenge_method", "S256"))));
    }

    /** Asks whether a device code was accepted (RFC 8628, section 3.4). */
    public TokenAnswer poll(DeviceCode device, String verifier)
            throws IOException, InterruptedException, IssuerRefusedException {
        return tokens(
                client.form()
                        .with("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                        .with("device_code", device.code().reveal())
                        .with("code_verifier", verifier));
    }

    /**
     * Revokes a token; with a refresh token, all that came of it (RFC 7009).
     *
     * @return whether the issuer offers that
     */
    public boolean revoke(Secret token)
            throws IOException, InterruptedException, IssuerRefusedException {
        if (metadata.revocation().isEmpty()) {
            return false;
        }
        Form form = client.form().with("token", token.reveal());
        IssuerConnection.Reply reply = connection.post(metadata.revocation().get(), form);
        if (reply.status() / 100 != 2) {
            throw refusal(reply);
        }
        return true;
    }

    private TokenAnswer tokens(Form form)
            throws IOException, InterruptedException, IssuerRefusedException {
        return TokenAnswer.from(good(connection.post(metadata.token(), form)));
    }

    private static ObjectNode good(IssuerConnection.Reply reply)
            throws IOException, IssuerRefusedException {
        if (!reply.isGood()) {
            throw refusal(reply);
        }
        return reply.object("the issuer's answer");
    }

    private static IssuerRefusedException refusal(IssuerConnection.Reply reply) throws IOException {
        return reply.body()
                .flatMap(IssuerRefusedException::from)
                .orElseThrow(() -> new IOException("the issuer answered " + reply.status()));
    }
}
