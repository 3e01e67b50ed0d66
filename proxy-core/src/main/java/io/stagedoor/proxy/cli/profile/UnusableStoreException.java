package io.stagedoor.proxy.cli.profile;

/** That the place where profiles are kept cannot be used, or is not its owner's alone. */
public final class UnusableStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableStoreException(String sentence) {
        super(sentence, null, false, false);
    }

    /** Gives what to tell people, with what to do. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
