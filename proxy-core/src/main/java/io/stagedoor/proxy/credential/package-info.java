/**
 * The proxy's own credential towards an upstream: acquired ahead of need, renewed ahead of expiry.
 *
 * <p>Turns a managed identity, a workload identity, a client secret or a fixed bearer token into
 * the value of an {@code Authorization} field. Must never know who the caller is, what was decided,
 * or anything of configuration files; and no text that leaves it (log, health, refusal) may hold a
 * secret.
 */
@NullMarked
package io.stagedoor.proxy.credential;

import org.jspecify.annotations.NullMarked;
