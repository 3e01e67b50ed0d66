package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.audit.verify.JournalVerifier;
import io.stagedoor.proxy.audit.verify.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Makes sure that every answer that was measured is in a journal. */
final class JournalCheck {

    private static final int RECORDS_PER_EXCHANGE = 2;

    private JournalCheck() {}

    /**
     * Verifies the journals of proxies that have ended.
     *
     * @param answers how many answers they gave together, at least
     * @return how many records there are
     * @throws IllegalStateException if a journal is not whole, or they do not hold them
     */
    static long run(List<Path> journals, long answers) throws IOException {
        long records = 0;
        for (Path journal : journals) {
            records += records(journal);
        }
        if (records < RECORDS_PER_EXCHANGE * answers) {
            throw new IllegalStateException(
                    records + " records cannot be those of " + answers + " exchanges");
        }
        return records;
    }

    private static long records(Path journal) throws IOException {
        Verification found =
                JournalVerifier.verify(journal, Optional.empty(), InstantSource.system().instant());
        if (!found.isGood()) {
            throw new IllegalStateException(
                    "the journal is not good: " + found.integrity() + ", " + found.completeness());
        }
        return found.records();
    }
}
