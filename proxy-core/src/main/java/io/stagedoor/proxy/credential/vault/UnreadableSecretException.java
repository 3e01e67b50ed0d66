package io.stagedoor.proxy.credential.vault;

/** A secret cannot be had from its vault. The message names where it is, never what. */
final class UnreadableSecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableSecretException(String message) {
        super(message);
    }
}
