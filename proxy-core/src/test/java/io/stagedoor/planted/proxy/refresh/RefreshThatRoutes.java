package io.stagedoor.planted.proxy.refresh;

import io.netty.buffer.ByteBuf;
import io.stagedoor.planted.config.ConfigThatKnowsTheProxy;
import io.stagedoor.planted.proxy.route.RouteThatAuthenticates;

/** A stage that knows another stage, Netty and the configuration. */
public record RefreshThatRoutes(
        ByteBuf bytes, ConfigThatKnowsTheProxy config, RouteThatAuthenticates route) {}
