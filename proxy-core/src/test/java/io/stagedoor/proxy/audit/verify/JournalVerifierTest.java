package io.stagedoor.proxy.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.segment.SegmentName;
import io.stagedoor.proxy.audit.testing.Journals;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVerifierTest {
    @TempDir Path directory;

    @Test
    void findsNothingWrongWithAnUntouchedJournal() throws Exception {
        write(100);

        Verification verification = Journals.verify(directory);

        assertThat(verification.isGood()).isTrue();
        assertThat(verification.segments()).isGreaterThan(2);
        assertThat(verification.records()).isEqualTo(Journals.records(directory).size());
        assertThat(verification.notes()).anyMatch(note -> note.startsWith("closed in good order"));
    }

    @Test
    void findsNothingWrongWhileAProxyWrites() throws Exception {
        try (Journal journal = Journals.open(directory)) {
            Journals.append(journal, SomeEvents.permitted("open"));

            Verification verification = Journals.verify(directory);

            assertThat(verification.isGood()).isTrue();
            assertThat(verification.notes())
                    .contains("the journal is in use; 1 exchanges are open");
            Journals.append(journal, SomeEvents.answered("open"));
        }
    }

    @Test
    void findsAndPlacesEveryChangedByte() throws Exception {
        writeSmall();
        assertThat(Journals.segments(directory)).hasSize(2);

        for (SegmentName name : Journals.segments(directory)) {
            Path file = directory.resolve(name.fileName());
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i < bytes.length; i++) {
                assertFlipIsFound(file, bytes, i);
            }
            Files.write(file, bytes);
        }
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void findsEveryLineThatIsTakenOut() throws Exception {
        writeSmall();

        for (SegmentName name : Journals.segments(directory)) {
            Path file = directory.resolve(name.fileName());
            List<String> lines = Files.readAllLines(file);
            boolean last = name.equals(Journals.segments(directory).getLast());
            int cuttable = last ? lines.size() - 1 : lines.size();
            for (int i = 0; i < cuttable; i++) {
                List<String> fewer = new ArrayList<>(lines);
                fewer.remove(i);
                write(file, fewer);

                assertThat(Journals.verify(directory).isGood()).as("%s line %d", name, i).isFalse();
            }
            write(file, lines);
        }
    }

    @Test
    void findsASegmentThatIsGone() throws Exception {
        write(100);
        SegmentName second = Journals.segments(directory).get(1);
        Files.delete(directory.resolve(second.fileName()));

        Verification verification = Journals.verify(directory);

        assertThat(verification.integrity().isGood()).isFalse();
        assertThat(verification.completeness().findings())
                .first()
                .extracting(Finding::problem)
                .asString()
                .startsWith("records " + second.firstSeq() + " to ");
    }

    @Test
    void saysThatTheBeginningIsMissing() throws Exception {
        write(100);
        Files.delete(directory.resolve(Journals.segments(directory).getFirst().fileName()));

        Verification verification = Journals.verify(directory);

        assertThat(verification.integrity().isGood()).isTrue();
        assertThat(verification.completeness().findings())
                .singleElement()
                .extracting(Finding::problem)
                .asString()
                .startsWith("records 1 to ");
    }

    @Test
    void findsACutEndOnlyAgainstAnAnchorOrByItsSilence() throws Exception {
        write(5);
        Anchor anchor = Journals.verify(directory).head().orElseThrow();
        Path file = directory.resolve(Journals.segments(directory).getLast().fileName());
        List<String> lines = Files.readAllLines(file);
        write(file, lines.subList(0, lines.size() - 3));
        Instant now = InstantSource.system().instant();

        Verification soon = JournalVerifier.verify(directory, Optional.empty(), now);
        Verification later =
                JournalVerifier.verify(directory, Optional.empty(), now.plusSeconds(600));
        Verification anchored = JournalVerifier.verify(directory, Optional.of(anchor), now);

        assertThat(soon.isGood()).isTrue();
        assertThat(later.integrity().isGood()).isTrue();
        assertThat(later.completeness().isGood()).isFalse();
        assertThat(anchored.completeness().findings())
                .extracting(Finding::problem)
                .containsExactly(
                        String.format(
                                Locale.ROOT,
                                "record %d, which was seen before, is missing",
                                anchor.seq()));
    }

    @Test
    void findsAJournalThatWasWrittenAnew() throws Exception {
        write(5);
        AuditRecord seen = Journals.records(directory).get(2);
        Anchor anchor = new Anchor(seen.seq(), seen.hash());
        for (SegmentName name : Journals.segments(directory)) {
            Files.delete(directory.resolve(name.fileName()));
        }
        write(5);
        Instant now = InstantSource.system().instant();

        Verification verification = JournalVerifier.verify(directory, Optional.of(anchor), now);

        assertThat(Journals.verify(directory).isGood()).isTrue();
        assertThat(verification.integrity().findings())
                .extracting(Finding::problem)
                .containsExactly("the record is not the one the anchor was taken from");
    }

    @Test
    void namesExchangesWithoutAnEndAndEndsWithoutABeginning() throws Exception {
        try (Journal journal = Journals.open(directory)) {
            Journals.append(journal, SomeEvents.permitted("open"));
            Journals.append(journal, SomeEvents.answered("stray"));
        }

        Verification verification = Journals.verify(directory);

        assertThat(verification.integrity().isGood()).isTrue();
        assertThat(verification.completeness().findings())
                .extracting(Finding::problem)
                .containsExactlyInAnyOrder(
                        "exchange `open` has no end", "exchange `stray` ends without having begun");
    }

    @Test
    void readsAnchorsBack() {
        Anchor anchor = new Anchor(12, "ab".repeat(32));

        assertThat(Anchor.find(anchor.text())).contains(anchor);
        assertThat(Anchor.find("12")).isEmpty();
        assertThat(Anchor.find("12:xyz")).isEmpty();
    }

    private void assertFlipIsFound(Path file, byte[] bytes, int index) throws IOException {
        byte[] changed = bytes.clone();
        changed[index] ^= (byte) (1 << (index % 8));
        Files.write(file, changed);

        Verification verification = Journals.verify(directory);

        Finding first = verification.integrity().findings().getFirst();
        assertThat(first.place().file()).isEqualTo(file.getFileName().toString());
        assertThat(first.place().offset()).as("byte %d", index).isEqualTo(lineStart(bytes, index));
    }

    private static long lineStart(byte[] bytes, int index) {
        int start = index;
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static void write(Path file, List<String> lines) throws IOException {
        String text = String.join("\n", lines) + "\n";
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(int events) throws Exception {
        try (Journal journal = Journals.open(directory)) {
            for (int i = 0; i < events; i++) {
                Journals.append(journal, SomeEvents.permitted("r" + i));
                Journals.append(journal, SomeEvents.answered("r" + i));
            }
        }
    }

    private void writeSmall() throws Exception {
        var settings = Journals.settings(directory).withSegmentBytes(500);
        try (Journal journal = Journal.open(settings, InstantSource.system())) {
            await().until(() -> journal.durableSeq() >= 4);
        }
    }
}
