package io.stagedoor.planted.proxy.route;

import io.netty.buffer.ByteBuf;
import io.stagedoor.planted.config.ConfigThatKnowsTheProxy;
import io.stagedoor.planted.proxy.authn.VerifierThatDecides;

/** A stage that knows another stage, Netty and the configuration. */
public record RouteThatAuthenticates(
        ByteBuf bytes, ConfigThatKnowsTheProxy config, VerifierThatDecides verifier) {}
