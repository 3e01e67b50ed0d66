package io.stagedoor.planted.proxy.listener;

import io.stagedoor.planted.policy.TokenUtil;

/** A socket that knows policy. */
public record SocketThatDecides(TokenUtil token) {}
