/**
 * Who may do what at the operators' port: operators, their local key, and how they sign in.
 *
 * <p>Must never know how a token is verified or a page is shown.
 */
@NullMarked
package io.stagedoor.config.operator;

import org.jspecify.annotations.NullMarked;
