package io.stagedoor.proxy.credential;

import java.time.Instant;
import java.util.Optional;

/**
 * Each caller's own token, which goes on as it came. Nothing is kept and nothing is acquired: what the
 * service says of the token is for the caller.
 */
final class PassedThrough implements CredentialMeans {

    private final String service;
    private final String kind;

    PassedThrough(String service, String kind) {
        this.service = service;
        this.kind = kind;
    }

    @Override
    public Optional<UpstreamCredential> atHand(CredentialDemand demand) {
        return Optional.of(of(demand));
    }

    @Override
    public UpstreamCredential acquire(CredentialDemand demand) {
        return of(demand);
    }

    /** The token was verified for this very request, so its expiry does not matter any more. */
    private static UpstreamCredential of(CredentialDemand demand) {
        return new UpstreamCredential(
                UpstreamCredential.AUTHORIZATION,
                "Bearer " + demand.caller().token(),
                Instant.MAX,
                true);
    }

    @Override
    public void refused(UpstreamCredential credential) {
        // the caller learns it, and gets another token
    }

    @Override
    public CredentialHealth health() {
        return new CredentialHealth(
                service, kind, true, Optional.empty(), 0, Optional.empty(), Optional.empty());
    }

    @Override
    public boolean takesToken() {
        return true;
    }

    @Override
    public void close() {
        // nothing is open at the upstream
    }
}
