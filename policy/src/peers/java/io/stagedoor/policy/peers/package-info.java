/**
 * The same question for the authorizer and for other policy engines, and what each takes to answer
 * it. Compiled in the Maven profile {@code peers} only, since nothing else may know these engines.
 */
@NullMarked
package io.stagedoor.policy.peers;

import org.jspecify.annotations.NullMarked;
