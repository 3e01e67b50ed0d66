package io.stagedoor.proxy.audit;

import java.io.IOException;
import java.io.Serial;

/** Says that an event is not on disk and will not get there, and why. */
public final class JournalUnavailableException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    /** Makes one with the reason, as a sentence for the operator. */
    public JournalUnavailableException(String reason) {
        super(reason);
    }

    /** Makes one with the reason and the failure behind it. */
    public JournalUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
