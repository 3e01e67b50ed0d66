package io.stagedoor.proxy.credential;

/** One way of getting a fresh credential; may block for as long as its own limits allow. */
@FunctionalInterface
interface TokenSource {

    /**
     * Gets a credential that its source considers current.
     *
     * @throws TokenUnavailableException if there is none now; the message holds no secret
     */
    AcquiredToken acquire() throws TokenUnavailableException;
}
