/**
 * What a Tableau site's refreshes wait for: sources, the checks that tell how they are, and what is
 * answered meanwhile.
 *
 * <p>Must never know how a check is made.
 */
@NullMarked
package io.stagedoor.config.refresh;

import org.jspecify.annotations.NullMarked;
