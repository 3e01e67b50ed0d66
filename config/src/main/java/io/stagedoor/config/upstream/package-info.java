/**
 * How the services behind the proxy are connected to: how long things may take, how much is asked of
 * them at a time, and what is done about those that fail.
 *
 * <p>Must never know issuers, workspaces or policy.
 */
@NullMarked
package io.stagedoor.config.upstream;

import org.jspecify.annotations.NullMarked;
