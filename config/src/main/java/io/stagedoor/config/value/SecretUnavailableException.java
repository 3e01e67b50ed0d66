package io.stagedoor.config.value;

/** A secret that is referred to could not be read. The message names where, never what. */
public final class SecretUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes one with a message in lower case. */
    public SecretUnavailableException(String message) {
        super(message);
    }
}
