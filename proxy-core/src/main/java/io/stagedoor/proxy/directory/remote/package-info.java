/**
 * Asking other services over HTTPS with credentials of the proxy's own: bounded, strict and patient
 * with those that are busy.
 *
 * <p>An answer is complete and of the right form, or there is none. Must never know what is asked
 * for, nor follow where an answer leads unless the caller says so.
 */
@NullMarked
package io.stagedoor.proxy.directory.remote;

import org.jspecify.annotations.NullMarked;
