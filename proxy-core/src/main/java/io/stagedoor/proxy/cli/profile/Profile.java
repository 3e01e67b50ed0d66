package io.stagedoor.proxy.cli.profile;

import io.stagedoor.proxy.cli.oauth.ClientRegistration;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One way of logging in, under a name, and what came of it.
 *
 * @param issuer who is asked, exactly as it calls itself
 * @param issuerCertificates the only authorities to trust for the issuer, in a PEM file; without it,
 *     those of the Java runtime
 * @param client as whom and for what it is asked
 * @param proxy where the clients are to go
 * @param tokens what a log-in gave, until the log-out
 */
public record Profile(
        String issuer,
        Optional<Path> issuerCertificates,
        ClientRegistration client,
        Optional<ProxyAddress> proxy,
        Optional<HeldTokens> tokens) {

    /** Gives the same profile with new tokens. */
    public Profile with(HeldTokens held) {
        return new Profile(issuer, issuerCertificates, client, proxy, Optional.of(held));
    }

    /** Gives the same profile logged out. */
    public Profile withoutTokens() {
        return new Profile(issuer, issuerCertificates, client, proxy, Optional.empty());
    }
}
