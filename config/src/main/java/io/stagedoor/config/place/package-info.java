/**
 * The services behind the proxy, workspaces, factories and sites: the names they answer to, their upstream, and the credential
 * that opens it.
 *
 * <p>Must never know issuers or how a credential is fetched.
 */
@NullMarked
package io.stagedoor.config.place;

import org.jspecify.annotations.NullMarked;
