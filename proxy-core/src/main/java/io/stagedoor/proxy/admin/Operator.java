package io.stagedoor.proxy.admin;

import java.util.Optional;

/**
 * Somebody who operates the proxy.
 *
 * @param actor the principal as {@code tenant/object-id}, or {@code api_key}
 * @param label a name for people to read; nothing is decided by it
 */
public record Operator(String actor, Optional<String> label) {}
