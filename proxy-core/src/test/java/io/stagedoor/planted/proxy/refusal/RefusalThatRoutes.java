package io.stagedoor.planted.proxy.refusal;

import io.stagedoor.planted.proxy.route.RouteThatAuthenticates;

/** A refusal that knows a stage. */
public record RefusalThatRoutes(RouteThatAuthenticates route) {}
