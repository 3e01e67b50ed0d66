package io.stagedoor.proxy.journey;

import io.stagedoor.proxy.authn.TokenAuthenticator;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.Directory;
import io.stagedoor.proxy.rate.PrincipalRates;

/**
 * The stages of the journey that all workspaces share.
 *
 * @param authenticator turns the Authorization field into a verified token
 * @param rates bounds how often one principal asks
 * @param directory knows who a caller is, and what is assigned in each workspace
 * @param binder finds out at which scopes the operation must be allowed
 * @param ownership knows what belongs to whom
 * @param credentials gives the credential for the upstream
 * @param sessions knows the proxy's own sessions
 */
public record Stages(
        TokenAuthenticator authenticator,
        PrincipalRates rates,
        Directory directory,
        OperationBinder binder,
        OwnershipRules ownership,
        UpstreamCredentials credentials,
        SessionDesk sessions) {}
