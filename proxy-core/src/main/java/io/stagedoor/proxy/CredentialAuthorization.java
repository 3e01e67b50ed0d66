package io.stagedoor.proxy;

import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.remote.UpstreamAuthorization;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;

/** Lets the directory read a workspace with the credential that requests are forwarded with. */
final class CredentialAuthorization implements UpstreamAuthorization {

    private final UpstreamCredentials credentials;
    private final String workspace;

    CredentialAuthorization(UpstreamCredentials credentials, String workspace) {
        this.credentials = credentials;
        this.workspace = workspace;
    }

    @Override
    public String value() throws RefusedException {
        return credentials.credentialFor(workspace).authorizationValue();
    }

    @Override
    public boolean refused(String value) {
        Optional<UpstreamCredential> current = credentials.current(workspace);
        return current.filter(held -> held.authorizationValue().equals(value))
                .map(held -> credentials.invalidate(workspace, held))
                .orElse(true);
    }
}
