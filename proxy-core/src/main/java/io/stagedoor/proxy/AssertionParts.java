package io.stagedoor.proxy;

import io.stagedoor.config.credential.AssertionConfig;
import io.stagedoor.config.value.SecretRef;
import io.stagedoor.proxy.assertion.AssertionKey;
import io.stagedoor.proxy.assertion.IdentityAssertions;
import io.stagedoor.proxy.authn.keys.SignatureProvider;
import io.stagedoor.proxy.exchange.ExchangeParts;
import io.stagedoor.proxy.reload.FileDigest;
import io.stagedoor.proxy.reload.PartList;
import java.io.IOException;
import java.util.Optional;

/**
 * What signs identity assertions, if they are configured. It is kept over reloads while nothing about
 * it changes, and so is a key that was made at the start.
 */
final class AssertionParts {

    private record Key(AssertionConfig config, FileDigest files) {}

    private AssertionParts() {}

    /**
     * Makes the parts, or takes those of the generation before.
     *
     * @throws IOException if a key cannot be used
     */
    static Optional<IdentityAssertions> of(
            Optional<AssertionConfig> config, PartList parts, Foundation foundation)
            throws IOException {
        if (config.isEmpty()) {
            return Optional.empty();
        }
        AssertionConfig wanted = config.get();
        return Optional.of(
                parts.take(
                        IdentityAssertions.class,
                        new Key(wanted, FileDigest.of(WatchedFiles.of(wanted))),
                        () ->
                                new IdentityAssertions(
                                        setting(wanted, foundation), foundation.clock)));
    }

    private static IdentityAssertions.Setting setting(AssertionConfig config, Foundation foundation)
            throws IOException {
        Optional<AssertionKey> key = key(config.key(), foundation, "assertion.key");
        return new IdentityAssertions.Setting(
                config.issuer().toString(),
                config.audience(),
                config.lifetime(),
                key.orElseGet(AssertionKey::generate),
                key(config.nextKey(), foundation, "assertion.next_key"),
                SignatureProvider.FASTEST);
    }

    private static Optional<AssertionKey> key(
            Optional<SecretRef> place, Foundation foundation, String name) throws IOException {
        if (place.isEmpty()) {
            return Optional.empty();
        }
        try {
            String text = foundation.translation.reveal(place.get()).get();
            return Optional.of(AssertionKey.parse(text));
        } catch (RuntimeException unusable) {
            throw new IOException(
                    "the key `"
                            + place.get()
                            + "` (`"
                            + name
                            + "`) cannot be used: "
                            + unusable.getMessage(),
                    unusable);
        }
    }

    /** Returns the public keys; none if nothing is signed. */
    static String keySet(ExchangeParts parts) {
        return parts.announcements()
                .assertions()
                .map(IdentityAssertions::keySet)
                .orElse("{\"keys\":[]}");
    }
}
