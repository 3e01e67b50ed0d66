package io.stagedoor.proxy.credential;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A place where a secret is kept, which somebody may change while the proxy runs. All methods may be
 * called from any thread.
 */
public interface SecretSource {

    /** Returns where the secret is, for messages: never the secret. */
    String name();

    /**
     * Reads the secret as it is now; may block.
     *
     * @throws RuntimeException if it cannot be read; the message holds no secret
     */
    Value read();

    /**
     * Learns that what was read last is refused where it is used, so that what is remembered of the
     * place is worth nothing.
     */
    default void refused() {}

    /**
     * A secret that was read.
     *
     * @param text the secret
     * @param expiresAt when it stops working, if that is known
     */
    record Value(String text, Optional<Instant> expiresAt) {

        /** Checks that both parts are there. */
        public Value {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(expiresAt, "expiresAt");
        }

        /** Returns the expiry; the secret is masked. */
        @Override
        public String toString() {
            return "Value[****, expiresAt=" + expiresAt + "]";
        }
    }
}
