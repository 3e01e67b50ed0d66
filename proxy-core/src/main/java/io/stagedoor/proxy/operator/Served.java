package io.stagedoor.proxy.operator;

import io.stagedoor.policy.principal.GroupGraph;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.authn.TokenAuthenticator;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.Directory;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is in use at one moment.
 *
 * @param generation which configuration it is since the start, from 1
 * @param since when that was taken up
 * @param authenticator believes tokens
 * @param directory knows principals and assignments
 * @param credentials enters upstreams
 * @param groups the declared memberships
 */
public record Served(
        long generation,
        Instant since,
        TokenAuthenticator authenticator,
        Directory directory,
        UpstreamCredentials credentials,
        GroupGraph groups) {

    /**
     * Returns who somebody is, waiting for groups within bounds.
     *
     * @throws AdminRefusal if the directory bars the account
     */
    Principal principalOf(
            PrincipalId id,
            PrincipalKind kind,
            Optional<String> clientApplication,
            Optional<Set<PrincipalId>> groups)
            throws AdminRefusal {
        try {
            return directory.principalOf(id, kind, clientApplication, groups);
        } catch (RefusedException barred) {
            throw AdminRefusal.of(403, barred.code().text(), barred.refusal().sentence());
        }
    }
}
