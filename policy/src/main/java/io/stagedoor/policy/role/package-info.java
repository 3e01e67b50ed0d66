/**
 * What may be done: actions, role definitions and the assignments of roles to principals.
 *
 * <p>The known actions and the eleven built-in roles are tables of text beside the classes. Knows
 * nothing of HTTP operations: which action an operation needs is the catalogue's business.
 */
@NullMarked
package io.stagedoor.policy.role;

import org.jspecify.annotations.NullMarked;
