package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.audit.verify.JournalVerifier;
import io.stagedoor.proxy.audit.verify.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Makes sure that every answer that was measured is in the journal. */
final class JournalCheck {

    private static final int RECORDS_PER_EXCHANGE = 2;

    private JournalCheck() {}

    /**
     * Verifies the journal of a proxy that has ended.
     *
     * @param answers how many answers it gave, at least
     * @return how many records there are
     * @throws IllegalStateException if the journal is not whole, or does not hold them
     */
    static long run(Path journal, long answers) throws IOException {
        Verification found =
                JournalVerifier.verify(journal, Optional.empty(), InstantSource.system().instant());
        if (!found.isGood()) {
            throw new IllegalStateException(
                    "the journal is not good: " + found.integrity() + ", " + found.completeness());
        }
        if (found.records() < RECORDS_PER_EXCHANGE * answers) {
            throw new IllegalStateException(
                    found.records() + " records cannot be those of " + answers + " exchanges");
        }
        return found.records();
    }
}
