/**
 * The workspaces behind the proxy: the names they answer to, their upstream, and the credential
 * that opens it.
 *
 * <p>Must never know issuers or how a credential is fetched.
 */
@NullMarked
package io.stagedoor.config.workspace;

import org.jspecify.annotations.NullMarked;
