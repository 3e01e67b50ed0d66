package io.stagedoor.proxy.journey;

import io.stagedoor.proxy.authn.TokenAuthenticator;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.Directory;
import io.stagedoor.proxy.rate.PrincipalRates;
import io.stagedoor.proxy.refresh.book.GuardedSites;

/**
 * The stages of the journey that all workspaces share.
 *
 * @param authenticator turns the Authorization field into a verified token
 * @param rates bounds how often one principal asks
 * @param directory knows who a caller is, and what is assigned in each workspace
 * @param binder finds out at which scopes the operation must be allowed
 * @param ownership knows what belongs to whom
 * @param refreshes holds refreshes back whose source is not well
 * @param credentials gives the credential for the upstream
 * @param sessions knows the proxy's own sessions
 */
public record Stages(
        TokenAuthenticator authenticator,
        PrincipalRates rates,
        Directory directory,
        OperationBinder binder,
        OwnershipRules ownership,
        GuardedSites refreshes,
        UpstreamCredentials credentials,
        SessionDesk sessions) {}
