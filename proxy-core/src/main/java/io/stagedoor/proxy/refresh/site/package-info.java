/**
 * A Tableau site, asked and told over its REST API with a session of the proxy's own.
 *
 * <p>What is read is complete and of the right form, or there is no answer. Must never know how the
 * session is come by.
 */
@NullMarked
package io.stagedoor.proxy.refresh.site;

import org.jspecify.annotations.NullMarked;
