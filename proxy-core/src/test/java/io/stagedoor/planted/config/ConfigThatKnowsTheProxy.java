package io.stagedoor.planted.config;

import io.stagedoor.planted.proxy.RootOfAll;

/** The arrow from config to proxy points the wrong way. */
public record ConfigThatKnowsTheProxy(RootOfAll root) {}
