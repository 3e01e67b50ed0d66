/**
 * The demo: a cast of three, an issuer, a workspace and the real proxy on loopback, and the commands
 * to paste.
 *
 * <p>Reaches the proxy only through its configuration file and its sockets, as any user does.
 */
@NullMarked
package io.stagedoor.proxy.cli.demo;

import org.jspecify.annotations.NullMarked;
