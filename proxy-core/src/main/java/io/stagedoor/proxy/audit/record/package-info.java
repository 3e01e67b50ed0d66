/**
 * The audit record: what callers report, what the journal says of itself, and the chain around both.
 *
 * <p>Must never know how a record is encoded or where it is kept.
 */
@NullMarked
package io.stagedoor.proxy.audit.record;

import org.jspecify.annotations.NullMarked;
