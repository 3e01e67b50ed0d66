package io.stagedoor.proxy.credential;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The one credential of a service that the proxy shows for all callers. */
final class SharedCredential implements CredentialMeans {

    private final CredentialDemand demand;
    private final TokenSource source;
    private final RenewingCredential credential;

    SharedCredential(String service, String kind, TokenSource source, InstantSource clock) {
        this.demand = CredentialDemand.ofProxy(service);
        this.source = source;
        this.credential = new RenewingCredential(service, kind, source, clock);
    }

    @Override
    public Optional<UpstreamCredential> atHand(CredentialDemand demanded) {
        return credential.current();
    }

    @Override
    public UpstreamCredential acquire(CredentialDemand demanded) throws TokenUnavailableException {
        return credential.await(demand);
    }

    @Override
    public void refused(UpstreamCredential refused) {
        if (credential.invalidate(refused)) {
            credential.renewIfDue(demand);
        }
    }

    @Override
    public CredentialHealth health() {
        return credential.health();
    }

    @Override
    public List<SecretExpiry> expiries() {
        return source.expiries();
    }

    @Override
    public void renewDue() {
        credential.renewIfDue(demand);
    }

    /** What is held stays usable until it expires. */
    @Override
    public void close() {
        // nothing is open at the upstream
    }
}
