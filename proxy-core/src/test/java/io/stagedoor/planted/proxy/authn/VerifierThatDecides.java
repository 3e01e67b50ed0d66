package io.stagedoor.planted.proxy.authn;

import io.netty.buffer.ByteBuf;
import io.stagedoor.planted.config.ConfigThatKnowsTheProxy;
import io.stagedoor.planted.proxy.directory.DirectoryThatKnowsTheRoot;

/** A stage that knows another stage, Netty and the configuration. */
public record VerifierThatDecides(
        ByteBuf bytes, ConfigThatKnowsTheProxy config, DirectoryThatKnowsTheRoot directory) {}
