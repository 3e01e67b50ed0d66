package io.stagedoor.proxy.refusal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a client is told its next token must be like. */
public sealed interface Demand {

    /**
     * A proof of possession may go with the token (RFC 9449).
     *
     * @param algorithms the signature algorithms that are taken
     */
    record Proof(List<String> algorithms) implements Demand {

        /** Copies the list. */
        public Proof {
            algorithms = List.copyOf(algorithms);
        }
    }

    /**
     * The token must bear one of these scopes (RFC 6750, section 3.1).
     *
     * @param scopes the scopes
     */
    record Scopes(List<String> scopes) implements Demand {

        /** Copies the list. */
        public Scopes {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * The user must sign in again, or in another way (RFC 9470, section 3).
     *
     * @param contexts the authentication contexts of which one is needed; empty if any will do
     * @param maxAge how long ago the user may have signed in
     */
    record SignIn(List<String> contexts, Optional<Duration> maxAge) implements Demand {

        /** Copies the list. */
        public SignIn {
            contexts = List.copyOf(contexts);
        }
    }

    /**
     * The token must have these claims, in the words of Entra's claims challenge.
     *
     * @param authorizationUri where the user can be asked to sign in
     * @param request the claims request (OpenID Connect Core 1.0, section 5.5), JSON
     */
    record Claims(String authorizationUri, String request) implements Demand {}
}
