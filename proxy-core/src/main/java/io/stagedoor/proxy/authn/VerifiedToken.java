package io.stagedoor.proxy.authn;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.authn.keys.IssuerKeys;
import io.stagedoor.proxy.authn.keys.TrustedKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The proof that a request's bearer token was verified, and what it says of the one who asks.
 *
 * <p>Only {@link TokenAuthenticator} hands one out, after signature, times, audience and tenant were
 * checked for that very request. It holds nothing that could be used as a credential. Immutable.
 */
public final class VerifiedToken {

    /** Who is asking, by the token's claims. */
    record Identity(
            PrincipalId principal,
            PrincipalKind kind,
            Optional<String> clientApplication,
            Optional<Set<PrincipalId>> groups,
            Optional<String> tokenId,
            Optional<String> label,
            List<String> actorChain) {}

    /** What the belief in the token rests on, to be checked again whenever it is used. */
    record Proof(
            String issuerName,
            Set<String> audiences,
            Instant expiresAt,
            Instant usableUntil,
            TrustedKey key,
            IssuerKeys keys) {}

    private final Identity identity;
    private final Proof proof;

    VerifiedToken(Identity identity, Proof proof) {
        this.identity = identity;
        this.proof = proof;
    }

    /** Returns the principal: its tenant and its object id there. */
    public PrincipalId principal() {
        return identity.principal();
    }

    /** Returns whether a user or a service principal asks, as far as the token tells. */
    public PrincipalKind kind() {
        return identity.kind();
    }

    /** Returns the application that the token was issued to ({@code azp}, {@code appid}). */
    public Optional<String> clientApplication() {
        return identity.clientApplication();
    }

    /**
     * Returns all groups of the principal, or nothing when the token does not tell: then they are
     * unknown, which is not the same as none.
     */
    public Optional<Set<PrincipalId>> groups() {
        return identity.groups();
    }

    /** Returns the configured name of the issuer. */
    public String issuerName() {
        return proof.issuerName();
    }

    /** Returns the token's audiences. */
    public Set<String> audiences() {
        return proof.audiences();
    }

    /** Returns the token's own expiry time, without clock skew. */
    public Instant expiresAt() {
        return proof.expiresAt();
    }

    /** Returns the token's id ({@code uti}, {@code jti}), to find it in the issuer's own logs. */
    public Optional<String> tokenId() {
        return identity.tokenId();
    }

    /**
     * Returns a name for people to read in the audit trail ({@code upn}, {@code preferred_username}).
     * Users can change it: nothing may ever be decided by it.
     */
    public Optional<String> label() {
        return identity.label();
    }

    /** Returns who acts for the principal (RFC 8693, section 4.1), the current actor first. */
    public List<String> actorChain() {
        return identity.actorChain();
    }

    Proof proof() {
        return proof;
    }

    /** Returns the principal and the issuer's name, and none of the token. */
    @Override
    public String toString() {
        return "VerifiedToken[" + principal() + " by " + issuerName() + "]";
    }
}
