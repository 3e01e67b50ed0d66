package io.stagedoor.proxy.route;

import io.stagedoor.proxy.http.CanonicalTarget;

/**
 * Where a request goes: the service, and the target as its upstream will see it.
 *
 * @param service the configured name of the workspace, factory or site
 * @param target the target without the route's path prefix; decided on and forwarded
 * @param externalBase scheme, authority and path prefix under which this client reaches the
 *     service, without a slash at the end, for example {@code https://proxy.example/synapse/ws1};
 *     links in answers are rewritten to it
 */
public record Route(String service, CanonicalTarget target, String externalBase) {}
