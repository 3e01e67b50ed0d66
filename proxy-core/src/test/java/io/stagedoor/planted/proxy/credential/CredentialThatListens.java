package io.stagedoor.planted.proxy.credential;

import io.netty.buffer.ByteBuf;
import io.stagedoor.planted.config.ConfigThatKnowsTheProxy;
import io.stagedoor.planted.proxy.listener.SocketThatDecides;

/** A stage that knows the listener, Netty and the configuration. */
public record CredentialThatListens(
        ByteBuf bytes, ConfigThatKnowsTheProxy config, SocketThatDecides socket) {}
