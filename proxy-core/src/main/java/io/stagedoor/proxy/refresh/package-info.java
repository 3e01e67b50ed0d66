/**
 * Refreshes of Tableau content are held back while what they read from is not well.
 *
 * <p>A stage of the journey, after the permit and before the credential: it finds out what a refresh
 * would read, asks the checks of these sources, and keeps book of what was held back and when content
 * was fresh last. Knows nothing of other stages, of policy, or of how a request is sent.
 */
@NullMarked
package io.stagedoor.proxy.refresh;

import org.jspecify.annotations.NullMarked;
