/**
 * The credentials embedded in connections of a Tableau site that Stagedoor keeps up to date from the
 * secret store.
 *
 * <p>Must never know a secret: only where it is.
 */
@NullMarked
package io.stagedoor.config.connection;

import org.jspecify.annotations.NullMarked;
