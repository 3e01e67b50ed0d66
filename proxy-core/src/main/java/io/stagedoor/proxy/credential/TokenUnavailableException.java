package io.stagedoor.proxy.credential;

import io.stagedoor.proxy.refusal.Refusal;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says why no credential can be had, in words that hold no secret. */
public final class TokenUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Refusal refusal;

    /**
     * Makes one whose cause concerns the operator: callers learn that there is no credential and no
     * more.
     *
     * @param message the cause, for health and logs; without secrets
     */
    public TokenUnavailableException(String message) {
        super(message);
        this.refusal = null;
    }

    /**
     * Makes one whose cause concerns the caller, who is told so.
     *
     * @param message the cause, for logs; without secrets
     * @param refusal what the caller is told
     */
    public TokenUnavailableException(String message, Refusal refusal) {
        super(message);
        this.refusal = refusal;
    }

    /** Returns what the caller is told, if the cause concerns the caller. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }
}
