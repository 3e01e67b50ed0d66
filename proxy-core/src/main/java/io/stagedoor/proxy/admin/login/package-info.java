/**
 * Signing in to the admin pages with a browser (OpenID Connect, code flow with PKCE), the sessions that
 * come of it, and the pages.
 *
 * <p>A cookie counts for pages alone, never for what scripts ask. Knows neither keys nor directories:
 * who stands behind an ID token is asked of whoever is wired in.
 */
@NullMarked
package io.stagedoor.proxy.admin.login;

import org.jspecify.annotations.NullMarked;
