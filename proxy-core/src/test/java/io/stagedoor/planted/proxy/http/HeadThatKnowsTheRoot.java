package io.stagedoor.planted.proxy.http;

import io.stagedoor.planted.proxy.RootOfAll;

/** A value type that knows the root package. */
public record HeadThatKnowsTheRoot(RootOfAll root) {}
