package io.stagedoor.proxy.authn;

import java.util.Optional;

/**
 * How the client application proved to the issuer who it is, by Entra's {@code azpacr} (version 2) or
 * {@code appidacr} (version 1).
 */
public enum ClientAuthentication {
    /** Not at all: a public client, such as a command line or a page in a browser. */
    PUBLIC("0"),
    /** By a secret that it shares with the issuer. */
    SECRET("1"),
    /** By a certificate, or by another assertion that it signs. */
    CERTIFICATE("2");

    private final String claim;

    ClientAuthentication(String claim) {
        this.claim = claim;
    }

    /** Returns whether nobody else can have asked for the token in the application's name. */
    public boolean isConfidential() {
        return this != PUBLIC;
    }

    /** Returns what the claim's value stands for; nothing if it is none of the documented ones. */
    static Optional<ClientAuthentication> find(String claim) {
        for (ClientAuthentication known : values()) {
            if (known.claim.equals(claim)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
