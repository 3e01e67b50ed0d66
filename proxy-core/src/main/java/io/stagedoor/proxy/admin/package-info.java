/**
 * The operators' port: a small HTTP server with a list of resources, and the gate before those that
 * are for operators only.
 *
 * <p>Knows how to be asked, who may ask and how to answer, never what the parts of the proxy are:
 * they hand in their state, and whoever wires them hands in the resources.
 */
@NullMarked
package io.stagedoor.proxy.admin;

import org.jspecify.annotations.NullMarked;
