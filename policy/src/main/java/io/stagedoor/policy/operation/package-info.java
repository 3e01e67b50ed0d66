/**
 * Which documented call a request is: the operation catalogue.
 *
 * <p>An operation is one documented REST call. The catalogue is data, one line an operation, and
 * says what each call requires, at which scope, which job ids it shows, and what is particular about
 * it. Resolving a request gives a matched operation; binding that to a workspace gives the
 * requirements to decide on.
 *
 * <p>Must never know: HTTP messages, JSON, tokens, role assignments. Names and bodies come in as
 * strings that the caller has read.
 */
@NullMarked
package io.stagedoor.policy.operation;

import org.jspecify.annotations.NullMarked;
