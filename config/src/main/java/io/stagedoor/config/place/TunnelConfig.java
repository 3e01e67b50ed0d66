package io.stagedoor.config.place;

import io.stagedoor.policy.operation.PathTemplate;
import io.stagedoor.policy.role.Action;
import java.time.Duration;

/**
 * A path of a workspace on which clients may open a WebSocket (RFC 6455).
 *
 * @param name what the audit record calls it, after {@code tunnel:}
 * @param path the path behind the route, in which {@code {name}} is any one segment
 * @param requires the action that a caller must have at the workspace
 * @param maxLifetime how long one may be open at most
 */
public record TunnelConfig(String name, PathTemplate path, Action requires, Duration maxLifetime) {}
