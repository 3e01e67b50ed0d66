/**
 * Whether a principal may do an operation: the decision, and the reasons that always come with it.
 *
 * <p>A decision is a pure function of an immutable access snapshot, a principal, a bound operation
 * and the time. The role model is additive and knows no deny; guardrails subtract after it.
 * Whatever is not covered by something is refused.
 *
 * <p>Must never know: where assignments come from, how a principal proved itself, HTTP.
 */
@NullMarked
package io.stagedoor.policy.decision;

import org.jspecify.annotations.NullMarked;
