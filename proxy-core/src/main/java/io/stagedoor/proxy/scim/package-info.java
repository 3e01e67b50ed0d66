/**
 * The face of a directory that pushes its users and groups: SCIM 2.0 (RFC 7643, RFC 7644), as far as
 * Okta and Entra use it.
 *
 * <p>Knows no HTTP server, and nothing of tokens or decisions. What it answers with success is on
 * disk.
 */
@NullMarked
package io.stagedoor.proxy.scim;

import org.jspecify.annotations.NullMarked;
