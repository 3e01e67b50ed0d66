/**
 * What the parsers of strangers' octets must never do, as targets for a coverage-guided fuzzer: each
 * takes any octets, and throws when something does not hold. {@code SeedsTest} runs them over their
 * seeds, {@code JazzerTest} hands them to Jazzer.
 */
@NullMarked
package io.stagedoor.proxy.fuzz;

import org.jspecify.annotations.NullMarked;
