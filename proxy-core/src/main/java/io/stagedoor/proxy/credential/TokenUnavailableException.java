package io.stagedoor.proxy.credential;

import java.io.IOException;

/** Says why a source gave no credential, in words that hold no secret. */
final class TokenUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;

    TokenUnavailableException(String message) {
        super(message);
    }
}
