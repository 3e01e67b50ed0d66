package io.stagedoor.proxy.operator;

import io.stagedoor.policy.principal.GroupGraph;
import io.stagedoor.proxy.authn.TokenAuthenticator;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.Directory;
import java.time.Instant;

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
        GroupGraph groups) {}
