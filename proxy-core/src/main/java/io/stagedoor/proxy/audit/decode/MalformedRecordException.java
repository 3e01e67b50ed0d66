package io.stagedoor.proxy.audit.decode;

import java.io.IOException;
import java.io.Serial;

/** Says that a line is not a record this version can read, and what is wrong with it. */
public final class MalformedRecordException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    MalformedRecordException(String problem) {
        super(problem);
    }

    MalformedRecordException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
