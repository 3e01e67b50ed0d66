package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.authn.jose.JoseHeader;
import io.stagedoor.proxy.authn.jose.UnverifiedToken;
import io.stagedoor.proxy.authn.keys.IssuerKeys;
import io.stagedoor.proxy.authn.keys.KeySetTimes;
import io.stagedoor.proxy.authn.keys.TrustedKey;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * Verifies the tokens of one issuer with keys of that issuer and of no other. Safe for use by many
 * threads; several authenticators may share one, and with it its keys.
 */
public final class TokenVerifier implements AutoCloseable {

    private final TrustedIssuer issuer;
    private final IssuerKeys keys;
    private final ClaimChecks checks;
    private final IdentityReader identities;

    private TokenVerifier(TrustedIssuer issuer, IssuerKeys keys, AuthenticationListener listener) {
        this.issuer = issuer;
        this.keys = keys;
        this.checks = new ClaimChecks(issuer.rules());
        this.identities =
                new IdentityReader(
                        issuer, new TenantCheck(issuer), new GroupsReader(issuer, listener));
    }

    /**
     * Makes a verifier. Nothing is fetched yet.
     *
     * @throws IOException if certificates to trust cannot be read
     */
    public static TokenVerifier of(
            TrustedIssuer issuer,
            KeySetTimes times,
            InstantSource clock,
            AuthenticationListener listener)
            throws IOException {
        IssuerKeys.PublishedKeys published =
                new IssuerKeys.PublishedKeys(
                        issuer.name(), issuer.issuer(), issuer.keySource(), issuer.keyIssuers());
        return new TokenVerifier(
                issuer, IssuerKeys.of(published, times, clock, listener), listener);
    }

    /** Returns the exact {@code iss} value of the tokens. */
    String issuer() {
        return issuer.issuer();
    }

    /** Returns the keys of this issuer. */
    IssuerKeys keys() {
        return keys;
    }

    /** Finds the key that the token names; may block for a fetch. */
    TrustedKey keyFor(UnverifiedToken token) throws RefusedException {
        JoseHeader header = token.header();
        if (!issuer.rules().algorithms().contains(header.algorithm())) {
            throw RefusedException.of(
                    Code.TOKEN_UNACCEPTABLE, "the token's algorithm is not one of its issuer's");
        }
        if (issuer.rules().accessTokenTypeRequired() && !header.accessTokenType()) {
            throw RefusedException.of(
                    Code.TOKEN_UNACCEPTABLE, "the token does not say that it is an access token");
        }
        return keys.keyFor(header.algorithm(), header.keyId());
    }

    /** Verifies signature and claims; does not wait. */
    VerifiedToken verify(UnverifiedToken token, TrustedKey key, Instant now)
            throws RefusedException {
        boolean genuine =
                key.verifies(token.header().algorithm(), token.signingInput(), token.signature());
        if (!genuine) {
            throw RefusedException.of(
                    Code.TOKEN_BAD_SIGNATURE, "the token's signature is not its issuer's");
        }
        Claims claims = new Claims(token.payload());
        checks.requireBearerToken(claims);
        Instant usableUntil = checks.requireCurrent(claims, now);
        Set<String> audiences = checks.requireAudience(claims);
        return new VerifiedToken(
                identities.identityOf(claims),
                new VerifiedToken.Proof(
                        issuer.name(),
                        Set.copyOf(audiences),
                        checks.expiry(claims),
                        usableUntil,
                        key,
                        keys));
    }

    /** Drops the connections to the issuer. */
    @Override
    public void close() {
        keys.close();
    }
}
