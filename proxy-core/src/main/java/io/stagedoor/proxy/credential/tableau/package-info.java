/**
 * Sessions at a Tableau site: one for each caller and set of scopes, or one for all of them.
 *
 * <p>Signs in with an assertion about the caller (connected app, OAuth trust) or with a personal
 * access token of the proxy's own, keeps what it is given, and signs out. Must never know what was
 * decided, or anything of configuration files; and no text that leaves it (log, health, refusal) may
 * hold a secret, an assertion or a session token.
 */
@NullMarked
package io.stagedoor.proxy.credential.tableau;

import org.jspecify.annotations.NullMarked;
