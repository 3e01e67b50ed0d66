/**
 * The expected "no": a stable code, a sentence, and what to do next.
 *
 * <p>Every stage refuses with these types and with nothing else. Knows nothing of HTTP, of audit or
 * of any stage: exactly one place elsewhere turns a code into a status and a body.
 */
@NullMarked
package io.stagedoor.proxy.refusal;

import org.jspecify.annotations.NullMarked;
