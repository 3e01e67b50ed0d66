package io.stagedoor.proxy.authn;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The proof that a request's bearer token was verified, and what it says of the one who asks.
 *
 * <p>Only {@link TokenAuthenticator} hands one out, after signature, times, audience and tenant were
 * checked for that very request. It says nothing of who sent it: where it has a {@link #binding()},
 * {@link TokenAuthenticator#requirePossession} must be asked for every request. It holds nothing that
 * could be used as a credential. Immutable.
 */
public final class VerifiedToken {

    /** Who is asking, by the token's claims. */
    record Identity(
            PrincipalId principal,
            PrincipalKind kind,
            Client client,
            Optional<Set<PrincipalId>> groups,
            Names names,
            Actors actors,
            TokenPermissions permissions,
            SignIn signIn) {}

    /** What people find the token and the one who asks by. */
    record Names(Optional<String> tokenId, Optional<String> label, Optional<String> userName) {}

    /** What the belief in the token rests on, to be checked again whenever it is used. */
    record Proof(
            String issuerName,
            Set<String> audiences,
            Instant expiresAt,
            Instant usableUntil,
            Binding binding,
            Backing backing) {}

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

    /** Returns what sort of caller asks, as far as the token tells. */
    public PrincipalKind kind() {
        return identity.kind();
    }

    /** Returns the application that the token was issued to ({@code azp}, {@code appid}). */
    public Optional<String> clientApplication() {
        return identity.client().application();
    }

    /** Returns how that application proved to the issuer who it is, if the token says so. */
    public Optional<ClientAuthentication> clientAuthentication() {
        return identity.client().authentication();
    }

    /** Returns the scopes and app roles that the token bears. */
    public TokenPermissions permissions() {
        return identity.permissions();
    }

    /** Returns how the user behind the token signed in. */
    public SignIn signIn() {
        return identity.signIn();
    }

    /** Returns what the token's sender must prove to have. */
    public Binding binding() {
        return proof.binding();
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
        return identity.names().tokenId();
    }

    /**
     * Returns a name for people to read in the audit trail ({@code upn}, {@code preferred_username}).
     * Users can change it: nothing may ever be decided by it.
     */
    public Optional<String> label() {
        return identity.names().label();
    }

    /**
     * Returns the name by which an upstream may know the caller that knows people by names alone, if the
     * token has one. Nothing may ever be decided by it.
     */
    public Optional<String> userName() {
        return identity.names().userName();
    }

    /** Returns who acts for the principal (RFC 8693, section 4.1), the current actor first. */
    public List<String> actorChain() {
        return identity.actors().chain();
    }

    /**
     * Returns the principals that act now on behalf of this one, and must be permitted as well;
     * usually there is nobody.
     */
    public List<PrincipalId> actingPrincipals() {
        return identity.actors().acting();
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
