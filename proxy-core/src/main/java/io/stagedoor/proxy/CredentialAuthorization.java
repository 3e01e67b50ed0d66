package io.stagedoor.proxy;

import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.remote.UpstreamAuthorization;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;

/** Lets the directory read a workspace with the credential that requests are forwarded with. */
final class CredentialAuthorization implements UpstreamAuthorization {

    private final UpstreamCredentials credentials;
    private final CredentialDemand demand;

    CredentialAuthorization(UpstreamCredentials credentials, String service) {
        this.credentials = credentials;
        this.demand = CredentialDemand.ofProxy(service);
    }

    @Override
    public String value() throws RefusedException {
        return credentials.credentialFor(demand).value();
    }

    @Override
    public boolean refused(String value) {
        held(value).ifPresent(held -> credentials.refused(demand.service(), held));
        return held(value).isEmpty();
    }

    private Optional<UpstreamCredential> held(String value) {
        return credentials.atHand(demand).filter(held -> held.value().equals(value));
    }
}
