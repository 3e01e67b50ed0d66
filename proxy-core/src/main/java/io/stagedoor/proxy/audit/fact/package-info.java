/**
 * The plain values an audit record is made of: request, caller, decision, upstream, jobs.
 *
 * <p>Records of strings, numbers and durations. They must never know the policy engine, a wire
 * protocol, or how they are written; they never hold a token, a key or any other secret.
 */
@NullMarked
package io.stagedoor.proxy.audit.fact;

import org.jspecify.annotations.NullMarked;
