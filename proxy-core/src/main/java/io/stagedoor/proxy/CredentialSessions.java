package io.stagedoor.proxy;

import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.refresh.site.SiteSession;
import io.stagedoor.proxy.refresh.site.SiteSessions;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets the proxy call a Tableau site with the credential that it has for itself. */
final class CredentialSessions implements SiteSessions {

    private final UpstreamCredentials credentials;
    private final CredentialDemand demand;
    private final Supplier<Optional<String>> siteId;

    CredentialSessions(
            UpstreamCredentials credentials,
            CredentialDemand demand,
            Supplier<Optional<String>> siteId) {
        this.credentials = credentials;
        this.demand = demand;
        this.siteId = siteId;
    }

    @Override
    public SiteSession session() throws RefusedException {
        UpstreamCredential held = credentials.credentialFor(demand);
        return new SiteSession(held.field(), held.value(), siteId.get());
    }

    @Override
    public boolean refused(SiteSession session) {
        held(session).ifPresent(each -> credentials.refused(demand.service(), each));
        return held(session).isEmpty();
    }

    private Optional<UpstreamCredential> held(SiteSession session) {
        return credentials.atHand(demand).filter(each -> each.value().equals(session.value()));
    }
}
