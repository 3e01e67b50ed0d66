package io.stagedoor.proxy.authn.keys;

import java.io.IOException;

/**
 * The discovery document found for an issuer is another one's (OpenID Connect Discovery 1.0, section
 * 4.3): no outage that passes, but a contradiction, by which the issuer vouches for no key.
 */
final class ForeignIssuerException extends IOException {

    private static final long serialVersionUID = 1;

    ForeignIssuerException(String message) {
        super(message);
    }
}
