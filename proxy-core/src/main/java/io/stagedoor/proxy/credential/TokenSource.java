package io.stagedoor.proxy.credential;

import java.util.List;

/** One way of getting a fresh credential; may block for as long as its own limits allow. */
@FunctionalInterface
interface TokenSource {

    /**
     * Gets a credential that its source considers current.
     *
     * @param demand for whom; a credential that all callers share does not depend on it
     * @throws TokenUnavailableException if there is none now; the message holds no secret
     */
    AcquiredToken acquire(CredentialDemand demand) throws TokenUnavailableException;

    /** Returns when that stops working which credentials are got with, as far as it is known. */
    default List<SecretExpiry> expiries() {
        return List.of();
    }
}
