package io.stagedoor.planted.proxy.audit;

import io.netty.buffer.ByteBuf;
import io.stagedoor.planted.config.ConfigThatKnowsTheProxy;
import io.stagedoor.planted.proxy.route.RouteThatAuthenticates;

/** A stage that knows another stage, Netty and the configuration. */
public record RecordThatRoutes(
        ByteBuf bytes, ConfigThatKnowsTheProxy config, RouteThatAuthenticates route) {}
