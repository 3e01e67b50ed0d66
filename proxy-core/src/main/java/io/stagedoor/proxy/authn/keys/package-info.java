/**
 * The signing keys of issuers: fetched over HTTPS, filtered, kept, renewed.
 *
 * <p>What a token says reaches this package as an algorithm and a key id and as nothing else: neither
 * decides where keys are fetched from. Knows nothing of claims, routes or rights.
 */
@NullMarked
package io.stagedoor.proxy.authn.keys;

import org.jspecify.annotations.NullMarked;
