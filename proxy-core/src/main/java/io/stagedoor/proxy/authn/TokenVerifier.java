package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.authn.introspection.Introspection;
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
import java.util.Optional;
import java.util.Set;

/**
 * Verifies the tokens of one issuer with keys of that issuer and of no other, or by asking it. Safe
 * for use by many threads; several authenticators may share one, and with it its keys.
 */
public final class TokenVerifier implements AutoCloseable {

    private final TrustedIssuer issuer;
    private final IssuerKeys keys;
    private final Optional<Introspection> introspection;
    private final ClaimChecks checks;
    private final BindingReader bindings;
    private final IdentityReader identities;

    private TokenVerifier(
            TrustedIssuer issuer,
            IssuerKeys keys,
            Optional<Introspection> introspection,
            AuthenticationListener listener) {
        this.issuer = issuer;
        this.keys = keys;
        this.introspection = introspection;
        this.checks = new ClaimChecks(issuer.rules());
        this.bindings = new BindingReader(issuer.rules().binding());
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
        Optional<Introspection> introspection =
                issuer.introspection().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                Introspection.of(issuer.name(), issuer.introspection().get()));
        return new TokenVerifier(
                issuer, IssuerKeys.of(published, times, clock, listener), introspection, listener);
    }

    /** Returns the exact {@code iss} value of the tokens. */
    String issuer() {
        return issuer.issuer();
    }

    /** Returns the keys of this issuer; nothing if its tokens are not verified with any. */
    Optional<IssuerKeys> keys() {
        return introspects() ? Optional.empty() : Optional.of(keys);
    }

    /** Returns whether the issuer is asked about each of its tokens. */
    boolean introspects() {
        return introspection.isPresent();
    }

    /** Returns whether tokens may be bound to their sender. */
    boolean takesBoundTokens() {
        return issuer.rules().binding() != BindingRule.REFUSED;
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
        return verified(new Claims(token.payload()), now, new Backing.Signature(key, keys));
    }

    /**
     * Asks the issuer about a token and checks the claims that it answers with; blocks. An answer that
     * names no issuer is this one's all the same, since it came from its own address.
     */
    VerifiedToken introspect(String token, InstantSource clock) throws RefusedException {
        Introspection asking = introspection.orElseThrow();
        Instant asked = clock.instant();
        Claims claims = new Claims(asking.ask(token));
        if (claims.has("iss") && !claims.text("iss").equals(Optional.of(issuer()))) {
            throw RefusedException.of(
                    Code.TOKEN_WRONG_ISSUER, "the token's issuer is another than the one asked");
        }
        Instant goodUntil = asked.plus(asking.rememberedFor());
        return verified(claims, clock.instant(), new Backing.Word(goodUntil));
    }

    private VerifiedToken verified(Claims claims, Instant now, Backing backing)
            throws RefusedException {
        checks.requireAccessToken(claims);
        Binding binding = bindings.bindingOf(claims);
        Instant usableUntil = checks.requireCurrent(claims, now);
        Set<String> audiences = checks.requireAudience(claims);
        return new VerifiedToken(
                identities.identityOf(claims),
                new VerifiedToken.Proof(
                        issuer.name(),
                        Set.copyOf(audiences),
                        checks.expiry(claims),
                        usableUntil,
                        binding,
                        backing));
    }

    /** Drops the connections to the issuer. */
    @Override
    public void close() {
        keys.close();
        introspection.ifPresent(Introspection::close);
    }
}
