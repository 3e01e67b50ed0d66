/**
 * What the definitions of a workspace or factory name, and so what a run of them uses: from a
 * pipeline through its activities, datasets and data flows to linked services, runtimes and pools.
 *
 * <p>Must never decide, and never skip: what cannot be read is refused, and what cannot be known
 * before it runs counts as everything of its kind.
 */
@NullMarked
package io.stagedoor.proxy.directory.definitions;

import org.jspecify.annotations.NullMarked;
