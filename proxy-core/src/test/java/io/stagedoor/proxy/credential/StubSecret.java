package io.stagedoor.proxy.credential;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** A secret that a test keeps. */
record StubSecret(String name, Supplier<String> text, Optional<Instant> expiresAt)
        implements SecretSource {

    StubSecret(String name, Supplier<String> text) {
        this(name, text, Optional.empty());
    }

    @Override
    public Value read() {
        return new Value(text.get(), expiresAt);
    }
}
