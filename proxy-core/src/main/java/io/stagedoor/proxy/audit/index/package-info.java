/**
 * What makes the journal searchable: an SQLite database derived from it, and rebuilt at will.
 *
 * <p>Holds keys and places only; what a record says is always read from the journal. Losing the
 * database loses nothing.
 */
@NullMarked
package io.stagedoor.proxy.audit.index;

import org.jspecify.annotations.NullMarked;
