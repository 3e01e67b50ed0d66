/**
 * TLS servers on loopback: their certificates, the requests they saw, the replies they give.
 *
 * <p>One authority made anew at each start; everything lives in memory. Knows nothing of issuers,
 * workspaces or the proxy.
 */
@NullMarked
package io.stagedoor.proxy.cli.demo.loopback;

import org.jspecify.annotations.NullMarked;
