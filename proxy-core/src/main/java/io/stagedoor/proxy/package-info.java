/**
 * The journey of a request, from the accepted connection to its one audit record.
 *
 * <p>The only package that knows all stages; nothing imports it but the command line and tests.
 */
@NullMarked
package io.stagedoor.proxy;

import org.jspecify.annotations.NullMarked;
