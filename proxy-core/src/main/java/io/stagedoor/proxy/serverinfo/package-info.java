/**
 * What a Tableau server says of itself to anybody: product, build, and the newest version of its REST
 * API. Its clients ask for it before they sign in.
 *
 * <p>Knows nothing of callers: what is asked, and how often, does not depend on any request.
 */
@NullMarked
package io.stagedoor.proxy.serverinfo;

import org.jspecify.annotations.NullMarked;
