package io.stagedoor.proxy.authn.session;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Map;
import java.util.Set;

/**
 * A sign-in document as it was written, whichever format it had.
 *
 * @param credentials the members of the credentials that are texts
 * @param contentUrl the site's name in addresses
 * @param namesUser whether it names a user to act as
 */
record SignInForm(Map<String, String> credentials, String contentUrl, boolean namesUser) {

    /** What credentials may hold; what is not here is not guessed about. */
    static final Set<String> KNOWN =
            Set.of(
                    "name",
                    "password",
                    "jwt",
                    "isUat",
                    "personalAccessTokenName",
                    "personalAccessTokenSecret");

    /** Copies the map, and checks that it holds nothing unknown. */
    SignInForm {
        credentials = Map.copyOf(credentials);
    }

    static SignInForm of(Map<String, String> credentials, String contentUrl, boolean namesUser)
            throws RefusedException {
        if (!KNOWN.containsAll(credentials.keySet())) {
            throw malformed();
        }
        return new SignInForm(credentials, contentUrl, namesUser);
    }

    static RefusedException malformed() {
        return RefusedException.of(
                Code.BAD_REQUEST,
                "the body is not a sign-in document",
                "see `Sign In` in the reference of the Tableau REST API");
    }

    /** Shows nothing of the credentials. */
    @Override
    public String toString() {
        return "SignInForm[" + credentials.keySet() + "]";
    }
}
