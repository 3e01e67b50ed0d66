package io.stagedoor.proxy.audit.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.audit.TrailHealth.Status;
import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.fact.Outcome;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.RecordBody;
import io.stagedoor.proxy.audit.testing.Journals;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecoveryTest {
    @TempDir Path directory;

    static Stream<Named<byte[]>> tornEnds() {
        return Stream.of(
                Named.of("half a record", "{\"seq\":7,\"prev_hash\":\"00".getBytes(UTF_8)),
                Named.of("garbage", new byte[] {1, 2, 3, 0, 0, 4}),
                Named.of("a bad record with its line feed", "{\"seq\":7}\n".getBytes(UTF_8)),
                Named.of("garbage and zeros", padded("{\"seq\"".getBytes(UTF_8), 70_000)));
    }

    @ParameterizedTest
    @MethodSource("tornEnds")
    void movesATornEndAsideAndLosesNothingWhole(byte[] torn) throws Exception {
        writeThree();
        Files.write(newest(), torn, StandardOpenOption.APPEND);
        List<RecordBody> before = bodiesBefore(3);

        try (Journal journal = Journals.open(directory)) {
            RecoveryReport.TornEnd end = journal.recovery().torn().orElseThrow();
            assertThat(Files.readAllBytes(end.file())).isEqualTo(withoutZeros(torn));
            assertThat(end.bytes()).isEqualTo(withoutZeros(torn).length);
            assertThat(journal.health().status()).isEqualTo(Status.GREEN);
            Journals.append(journal, SomeEvents.denied("after"));
        }

        assertThat(Journals.bodies(directory)).startsWith(before.toArray(RecordBody[]::new));
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void takesZerosLaidDownAheadForNothing() throws Exception {
        writeThree();
        Files.write(newest(), new byte[100_000], StandardOpenOption.APPEND);

        try (Journal journal = Journals.open(directory)) {
            assertThat(journal.recovery().torn()).isEmpty();
        }
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void repairsATornEndAtWhicheverByteItWasCut() throws Exception {
        writeThree();
        Path file = newest();
        byte[] whole = Files.readAllBytes(file);
        int lastLine = new String(whole, UTF_8).lastIndexOf("\n{\"seq\"") + 1;

        for (int cut = lastLine + 1; cut < whole.length; cut += 7) {
            Files.write(file, Arrays.copyOf(whole, cut));
            try (Journal journal = Journals.open(directory)) {
                assertThat(journal.recovery().torn()).as("cut at %d", cut).isPresent();
                assertThat(journal.recovery().broken()).isEmpty();
            }
            assertThat(Journals.verify(directory).isGood()).as("cut at %d", cut).isTrue();
        }
    }

    @Test
    void reportsAndLeavesACorruptionInTheMiddle() throws Exception {
        writeThree();
        Path file = newest();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        try (Journal journal = Journals.open(directory)) {
            assertThat(journal.recovery().broken())
                    .first()
                    .asString()
                    .contains(file.getFileName().toString(), "is no whole record");
            assertThat(journal.health().status()).isEqualTo(Status.AMBER);
            Journals.append(journal, SomeEvents.denied("after"));
        }

        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        assertThat(Journals.segments(directory)).hasSize(2);
        assertThat(Journals.verify(directory).integrity().isGood()).isFalse();
    }

    @Test
    void recordsAnUnknownOutcomeForExchangesThatWereOpen() throws Exception {
        try (Journal journal = Journals.open(directory)) {
            Journals.append(journal, SomeEvents.permitted("ended"));
            Journals.append(journal, SomeEvents.permitted("open"));
            Journals.append(journal, SomeEvents.denied("denied"));
            Journals.append(journal, SomeEvents.answered("ended"));
        }

        try (Journal journal = Journals.open(directory)) {
            assertThat(journal.recovery().closed()).containsExactly("open");
        }

        AuditEvent.Completed last = (AuditEvent.Completed) Journals.events(directory).getLast();
        assertThat(last.requestId()).isEqualTo("open");
        assertThat(last.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(last.writer()).isEqualTo(AuditEvent.Writer.RECOVERY);
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void remembersOpenExchangesAcrossSegments() throws Exception {
        try (Journal journal = Journals.open(directory)) {
            Journals.append(journal, SomeEvents.permitted("long"));
            for (int i = 0; i < 150; i++) {
                Journals.append(journal, SomeEvents.denied("r" + i));
            }
        }
        assertThat(Journals.segments(directory)).hasSizeGreaterThan(2);

        try (Journal journal = Journals.open(directory)) {
            assertThat(journal.recovery().closed()).containsExactly("long");
        }
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void beginsANewSegmentWhenTheCrashCameRightAfterTheSeal() throws Exception {
        writeSegments();
        Files.delete(newest());
        int left = Journals.segments(directory).size();

        try (Journal journal = Journals.open(directory)) {
            Journals.append(journal, SomeEvents.denied("after"));
        }

        assertThat(Journals.segments(directory)).hasSize(left + 1);
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void beginsASegmentAgainWhoseFirstRecordIsTorn() throws Exception {
        writeSegments();
        byte[] newest = Files.readAllBytes(newest());
        Files.write(newest(), Arrays.copyOf(newest, 100));

        try (Journal journal = Journals.open(directory)) {
            assertThat(journal.recovery().torn()).isPresent();
            Journals.append(journal, SomeEvents.denied("after"));
        }

        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void reportsThatTheLastSegmentDoesNotFollowTheOneBefore() throws Exception {
        writeSegments();
        List<String> names =
                Journals.segments(directory).stream().map(name -> name.fileName()).toList();
        Files.delete(directory.resolve(names.get(names.size() - 2)));

        try (Journal journal = Journals.open(directory)) {
            assertThat(journal.recovery().broken())
                    .first()
                    .asString()
                    .contains("does not follow the record before");
        }
    }

    private void writeThree() throws Exception {
        try (Journal journal = Journals.open(directory)) {
            for (String id : List.of("r1", "r2", "r3")) {
                Journals.append(journal, SomeEvents.denied(id));
            }
        }
    }

    private void writeSegments() throws Exception {
        try (Journal journal = Journals.open(directory)) {
            for (int i = 0; i < 150; i++) {
                Journals.append(journal, SomeEvents.denied("r" + i));
            }
        }
        assertThat(Journals.segments(directory)).hasSizeGreaterThan(2);
    }

    private List<RecordBody> bodiesBefore(int events) throws IOException {
        List<RecordBody> bodies =
                Files.readAllLines(newest(), java.nio.charset.StandardCharsets.ISO_8859_1).stream()
                        .filter(line -> line.contains("\"hash\":"))
                        .map(RecoveryTest::body)
                        .toList();
        assertThat(bodies).hasSizeGreaterThan(events);
        return bodies;
    }

    private static RecordBody body(String line) {
        try {
            return RecordDecoder.decode(line.getBytes(UTF_8)).body();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path newest() throws IOException {
        return directory.resolve(Journals.segments(directory).getLast().fileName());
    }

    private static byte[] padded(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] withoutZeros(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
