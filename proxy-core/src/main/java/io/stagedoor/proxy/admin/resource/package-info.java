/**
 * What the operators' port offers to scripts: health, readiness and metrics to everyone, the state of
 * the proxy and a forced refresh to operators.
 *
 * <p>Knows values, never the parts that they come from.
 */
@NullMarked
package io.stagedoor.proxy.admin.resource;

import org.jspecify.annotations.NullMarked;
