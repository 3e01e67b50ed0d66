/**
 * What callers ask for that no catalogue permits anybody: the calls of a platform that are not
 * catalogued, and the catalogued ones that no role covers.
 *
 * <p>Derived from the audit trail, so it holds across restarts; must never show an id, and never
 * decide.
 */
@NullMarked
package io.stagedoor.proxy.gaps;

import org.jspecify.annotations.NullMarked;
