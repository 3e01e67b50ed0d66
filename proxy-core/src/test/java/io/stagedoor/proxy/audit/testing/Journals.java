package io.stagedoor.proxy.audit.testing;

import io.stagedoor.proxy.audit.Receipt;
import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.journal.JournalSettings;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.record.RecordBody;
import io.stagedoor.proxy.audit.segment.FileStorage;
import io.stagedoor.proxy.audit.segment.Line;
import io.stagedoor.proxy.audit.segment.LineReader;
import io.stagedoor.proxy.audit.segment.SegmentChannel;
import io.stagedoor.proxy.audit.segment.SegmentName;
import io.stagedoor.proxy.audit.verify.JournalVerifier;
import io.stagedoor.proxy.audit.verify.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Journals of tests: small segments, quick probes, and readers that trust nothing. */
public final class Journals {
    private Journals() {}

    public static JournalSettings settings(Path directory) {
        return JournalSettings.of(directory, "node-1")
                .withSegmentBytes(32 << 10)
                .withIntervals(Duration.ofMinutes(1), Duration.ofMillis(5));
    }

    public static Journal open(Path directory) throws IOException {
        return Journal.open(settings(directory), InstantSource.system());
    }

    public static Receipt append(Journal journal, AuditEvent event) throws Exception {
        return journal.append(event).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    public static Verification verify(Path directory) throws IOException {
        return JournalVerifier.verify(
                directory, Optional.empty(), InstantSource.system().instant());
    }

    public static List<AuditRecord> records(Path directory) throws IOException {
        List<AuditRecord> records = new ArrayList<>();
        FileStorage storage = new FileStorage(directory);
        for (SegmentName name : storage.list()) {
            try (SegmentChannel channel = storage.read(name)) {
                addAll(new LineReader(channel, 0), records);
            }
        }
        return records;
    }

    public static List<RecordBody> bodies(Path directory) throws IOException {
        return records(directory).stream().map(AuditRecord::body).toList();
    }

    /** Gives what callers reported, without what the journal says of itself. */
    public static List<AuditEvent> events(Path directory) throws IOException {
        return bodies(directory).stream()
                .filter(AuditEvent.class::isInstance)
                .map(AuditEvent.class::cast)
                .toList();
    }

    public static List<SegmentName> segments(Path directory) throws IOException {
        return new FileStorage(directory).list();
    }

    private static void addAll(LineReader reader, List<AuditRecord> records) throws IOException {
        Optional<Line> line = reader.next();
        while (line.isPresent()) {
            records.add(RecordDecoder.decode(line.get().bytes()));
            line = reader.next();
        }
    }
}
