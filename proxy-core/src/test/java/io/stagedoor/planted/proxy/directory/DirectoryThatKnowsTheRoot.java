package io.stagedoor.planted.proxy.directory;

import io.netty.buffer.ByteBuf;
import io.stagedoor.planted.config.ConfigThatKnowsTheProxy;
import io.stagedoor.planted.proxy.RootOfAll;

/** A stage that knows the root, Netty and the configuration. */
public record DirectoryThatKnowsTheRoot(
        ByteBuf bytes, ConfigThatKnowsTheProxy config, RootOfAll root) {}
