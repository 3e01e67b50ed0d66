/**
 * The two sockets that Stagedoor opens, and what it takes from a client at most.
 *
 * <p>Must never know issuers, workspaces or policy.
 */
@NullMarked
package io.stagedoor.config.listener;

import org.jspecify.annotations.NullMarked;
