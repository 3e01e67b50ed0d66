package io.stagedoor.proxy.admin;

/**
 * The state of one part of the proxy at one moment.
 *
 * @param component the part, a stable name such as {@code journal} or {@code directory ws1}
 * @param healthy whether the part does its work
 * @param detail what it says of itself, for people; holds no secrets
 */
public record ComponentHealth(String component, boolean healthy, String detail) {}
