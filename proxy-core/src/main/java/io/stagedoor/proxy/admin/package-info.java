/**
 * The operator's port: health, readiness and metrics.
 *
 * <p>Knows how to ask and how to render, never what the parts are: they hand in their state.
 */
@NullMarked
package io.stagedoor.proxy.admin;

import org.jspecify.annotations.NullMarked;
