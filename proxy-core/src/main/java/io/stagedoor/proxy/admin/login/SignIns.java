package io.stagedoor.proxy.admin.login;

import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.Operator;

/** Knows who stands behind an ID token. Safe for any thread; may wait. */
public interface SignIns {

    /**
     * Verifies an ID token.
     *
     * @param nonce what was sent with the request to sign in
     * @throws AdminRefusal if it is not good, or that cannot be told now
     */
    Somebody verify(String idToken, String nonce) throws AdminRefusal;

    /** Somebody who signed in. */
    interface Somebody {

        /**
         * Returns them as an operator, by what is known now.
         *
         * @throws AdminRefusal if they are none (any more)
         */
        Operator operator() throws AdminRefusal;
    }
}
