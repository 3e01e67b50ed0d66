/**
 * Bearer token in, {@link io.stagedoor.proxy.authn.VerifiedToken} out.
 *
 * <p>Verifies access tokens of the configured issuers: form, signature, times, audience, tenant; and
 * reads out of them who is asking. Must never know routes, rights or HTTP, and never decides by a name
 * or an e-mail address. {@code authn.jose} reads strictly, {@code authn.keys} keeps the key sets.
 */
@NullMarked
package io.stagedoor.proxy.authn;

import org.jspecify.annotations.NullMarked;
