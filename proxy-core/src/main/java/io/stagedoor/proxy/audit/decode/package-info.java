/**
 * A line of the journal, back into a record.
 *
 * <p>Lenient towards members it does not know, strict towards those it needs. Checks no hash: that
 * is done on the bytes, without reading the JSON.
 */
@NullMarked
package io.stagedoor.proxy.audit.decode;

import org.jspecify.annotations.NullMarked;
