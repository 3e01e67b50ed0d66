package io.stagedoor.proxy.credential.tableau;

import java.io.IOException;

/**
 * Says why Tableau opened no session. The message is for operators: lower case, one line, without
 * secrets.
 */
final class SignInException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Cause cause;

    /** Whose fault it is. */
    enum Cause {
        /** Tableau does not know the user, or does not let it in. */
        USER,
        /** Tableau does not take what was shown. */
        PROOF,
        /** Tableau was not reached, or says that it is broken or busy. */
        UNREACHABLE,
        /** Tableau answered something that cannot be used: the configuration does not fit it. */
        UNUSABLE
    }

    SignInException(Cause cause, String message) {
        super(message);
        this.cause = cause;
    }

    Cause reason() {
        return cause;
    }
}
