package io.stagedoor.proxy.authn;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token that a connection showed last, so that its repeat is known without being hashed.
 *
 * <p>Only the very same field counts, octet by octet, and all that may change is checked again for
 * each request: a connection never stands for a caller. Unlike the {@link TokenMemory}, this holds
 * the token itself, for as long as the connection lives and shows no other; its text form does not
 * show it. Safe for any thread: of two that show a token at once, either may be remembered.
 */
public final class LastToken {

    private volatile @Nullable Shown shown;

    private record Shown(TokenMemory memory, String field, VerifiedToken token) {
        @Override
        public String toString() {
            return "Shown[" + token + "]";
        }
    }

    /**
     * Returns the token if the connection's last one came in exactly the same field.
     *
     * @param memory whose verification counts: with another configuration, another may
     */
    @SuppressWarnings("ReferenceEquality") // the memory stands for the rules it was verified by
    Optional<VerifiedToken> repeated(TokenMemory memory, String field) {
        Shown last = shown;
        return last != null && last.memory() == memory && last.field().equals(field)
                ? Optional.of(last.token())
                : Optional.empty();
    }

    /** Remembers what the connection showed. */
    void show(TokenMemory memory, String field, VerifiedToken token) {
        shown = new Shown(memory, field, token);
    }

    /** Shows none of the token. */
    @Override
    public String toString() {
        return "LastToken[" + shown + "]";
    }
}
