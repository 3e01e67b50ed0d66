package io.stagedoor.proxy.cli.login;

/** That nobody was logged in, or is any more, with a sentence that says why and what to do. */
public final class LoginFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public LoginFailedException(String sentence) {
        super(sentence, null, false, false);
    }

    /** Gives the sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
