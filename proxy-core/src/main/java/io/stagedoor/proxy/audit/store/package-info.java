/**
 * The tables of the index: what they are, and how a record gets into them.
 *
 * <p>The only package that knows JDBC. Must never know what is asked of the index.
 */
@NullMarked
package io.stagedoor.proxy.audit.store;

import org.jspecify.annotations.NullMarked;
