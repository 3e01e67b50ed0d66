/**
 * Secrets that are kept in Azure Key Vault, read with an identity of the proxy's.
 *
 * <p>Knows what a vault answers and how long an answer is good. Must never know what a secret is for,
 * and no text that leaves it may hold one.
 */
@NullMarked
package io.stagedoor.proxy.credential.vault;

import org.jspecify.annotations.NullMarked;
