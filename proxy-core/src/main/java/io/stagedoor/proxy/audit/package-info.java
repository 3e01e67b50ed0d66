/**
 * Who asked for what, what was decided and why, and what came of it: kept so that it can be proved.
 *
 * <p>The front of the audit parts: a caller appends events to an {@link
 * io.stagedoor.proxy.audit.AuditTrail} and never sees files, hashes or SQL. Nothing here knows
 * HTTP, Netty or the policy engine; a record carries strings, ids and instants, so that other
 * listeners can use it unchanged.
 */
@NullMarked
package io.stagedoor.proxy.audit;

import org.jspecify.annotations.NullMarked;
