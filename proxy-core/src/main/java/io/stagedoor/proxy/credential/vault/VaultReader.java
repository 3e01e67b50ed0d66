package io.stagedoor.proxy.credential.vault;

import io.stagedoor.proxy.credential.SecretSource;

/** Reads one secret out of its vault, each time anew. */
@FunctionalInterface
interface VaultReader {

    /**
     * Reads the secret; may block for as long as the client's own limits allow.
     *
     * @throws RuntimeException if it cannot be read; its message may hold anything
     */
    SecretSource.Value read();
}
