package io.stagedoor.config.credential;

import io.stagedoor.config.upstream.UpstreamConnectionsConfig;
import java.util.Optional;

/**
 * What all upstreams have in common.
 *
 * @param connections the connections to each
 * @param credentials what the credentials shown to them have in common
 * @param assertion the signed statement that tells them who is really calling, if they get one
 */
public record UpstreamsConfig(
        UpstreamConnectionsConfig connections,
        CredentialsConfig credentials,
        Optional<AssertionConfig> assertion) {}
