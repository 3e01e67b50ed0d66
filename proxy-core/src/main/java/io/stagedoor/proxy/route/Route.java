package io.stagedoor.proxy.route;

import io.stagedoor.proxy.http.CanonicalTarget;

/**
 * Where a request goes: the workspace, and the target as its upstream will see it.
 *
 * @param workspace the configured name of the workspace
 * @param target the target without the route's path prefix; decided on and forwarded
 * @param externalBase scheme, authority and path prefix under which this client reaches the
 *     workspace, without a slash at the end, for example {@code https://proxy.example/synapse/ws1};
 *     links in answers are rewritten to it
 */
public record Route(String workspace, CanonicalTarget target, String externalBase) {}
