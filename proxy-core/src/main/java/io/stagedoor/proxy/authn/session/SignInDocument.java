package io.stagedoor.proxy.authn.session;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Map;
import java.util.Optional;

/**
 * What a client signs in with: the document of Tableau's {@code auth/signin}.
 *
 * @param token the bearer token that stands where Tableau expects a JWT or the secret of a personal
 *     access token; empty if the client left it out, having sent it in {@code Authorization}
 * @param contentUrl the site that the client wants to be signed in to; empty for the only one there is
 */
public record SignInDocument(Optional<String> token, String contentUrl) {

    /** The name by which a personal access token says that its secret is a bearer token. */
    public static final String TOKEN_NAME = "oidc";

    private static final String JWT = "jwt";
    private static final String NAME = "personalAccessTokenName";
    private static final String SECRET = "personalAccessTokenSecret";

    /**
     * Reads a document.
     *
     * @param body the whole body
     * @param isJson whether it says that it is JSON; else it is XML
     * @throws RefusedException with {@code bad_request} if it is not a sign-in document, and with {@code
     *     sign_in_refused} if it is one that the proxy does not take: with a password, with a real
     *     personal access token, or in another user's name
     */
    public static SignInDocument read(byte[] body, boolean isJson) throws RefusedException {
        SignInForm form = isJson ? JsonSignIn.read(body) : XmlSignIn.read(body);
        if (form.namesUser()) {
            throw refused(
                    "the sign-in names another user to act as",
                    "sign in as yourself: whoever asks is the one whose token is shown");
        }
        return new SignInDocument(tokenIn(form.credentials()), form.contentUrl());
    }

    private static Optional<String> tokenIn(Map<String, String> credentials)
            throws RefusedException {
        if (credentials.containsKey("name") || credentials.containsKey("password")) {
            throw refused(
                    "the sign-in has a user name and a password",
                    "sign in with a token of your identity provider, as `jwt` or as the secret of a"
                            + " personal access token named `oidc`");
        }
        boolean byJwt = credentials.containsKey(JWT);
        boolean byAccessToken = credentials.containsKey(NAME) || credentials.containsKey(SECRET);
        if (byJwt == byAccessToken) {
            throw RefusedException.of(
                    Code.BAD_REQUEST, "the sign-in has not exactly one kind of credentials");
        }
        return Optional.of(byJwt ? value(credentials, JWT) : secret(credentials))
                .filter(token -> !token.isEmpty());
    }

    private static String secret(Map<String, String> credentials) throws RefusedException {
        if (!TOKEN_NAME.equals(value(credentials, NAME))) {
            throw refused(
                    "the sign-in has a personal access token of Tableau",
                    "name it `oidc` and give a token of your identity provider as its secret");
        }
        return value(credentials, SECRET);
    }

    private static String value(Map<String, String> credentials, String name) {
        return credentials.getOrDefault(name, "");
    }

    private static RefusedException refused(String sentence, String help) {
        return RefusedException.of(Code.SIGN_IN_REFUSED, sentence, help);
    }

    /** Shows none of the token. */
    @Override
    public String toString() {
        return "SignInDocument[" + contentUrl + "]";
    }
}
