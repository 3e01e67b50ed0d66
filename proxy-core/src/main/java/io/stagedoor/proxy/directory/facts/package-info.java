/**
 * Facts outside a request that decide at which scope it must be allowed: the Spark pool of a
 * notebook, job definition or notebook run, and the scope of a stored role assignment.
 *
 * <p>Must never decide, and never guess: what cannot be found out is refused, what is not there is
 * said to be absent.
 */
@NullMarked
package io.stagedoor.proxy.directory.facts;

import org.jspecify.annotations.NullMarked;
