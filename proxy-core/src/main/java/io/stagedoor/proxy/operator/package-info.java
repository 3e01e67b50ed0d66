/**
 * Joins the operators' port to the proxy: who is an operator by token, group or key, how uses are
 * recorded, and what the parts say of themselves.
 *
 * <p>Knows stages and their words, and neither sockets nor requests of clients.
 */
@NullMarked
package io.stagedoor.proxy.operator;

import org.jspecify.annotations.NullMarked;
