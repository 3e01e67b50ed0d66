/**
 * An OpenID Connect issuer on loopback that mints the demo's tokens in the process.
 *
 * <p>Serves what a relying party reads (discovery document and key set) and nothing else: there is
 * no log-in. Knows nothing of the proxy.
 */
@NullMarked
package io.stagedoor.proxy.cli.demo.issuer;

import org.jspecify.annotations.NullMarked;
