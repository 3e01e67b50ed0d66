/**
 * The issuers whose tokens are believed, and what each may say.
 *
 * <p>Must never know routes, workspaces or how tokens are verified.
 */
@NullMarked
package io.stagedoor.config.issuer;

import org.jspecify.annotations.NullMarked;
