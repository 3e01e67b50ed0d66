package io.stagedoor.proxy.audit.search;

import io.stagedoor.proxy.audit.codec.HashedLine;
import io.stagedoor.proxy.audit.decode.MalformedRecordException;
import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.segment.Line;
import io.stagedoor.proxy.audit.segment.LineReader;
import io.stagedoor.proxy.audit.segment.SegmentChannel;
import io.stagedoor.proxy.audit.segment.SegmentName;
import io.stagedoor.proxy.audit.segment.SegmentStorage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads the last records of a journal from the journal itself, newest segment first, so that it
 * costs no more than the segments those records are in.
 */
final class JournalTail {
    private JournalTail() {}

    /** Gives the last whole records, the oldest of them first. */
    static List<AuditRecord> of(SegmentStorage storage, int most) throws IOException {
        List<AuditRecord> records = new ArrayList<>();
        for (SegmentName name : storage.list().reversed()) {
            if (records.size() < most) {
                records.addAll(0, last(storage, name, most - records.size()));
            }
        }
        return records;
    }

    private static List<AuditRecord> last(SegmentStorage storage, SegmentName name, int most)
            throws IOException {
        Deque<byte[]> lines = new ArrayDeque<>();
        try (SegmentChannel channel = storage.read(name)) {
            LineReader reader = new LineReader(channel, 0);
            Optional<Line> line = reader.next();
            while (line.isPresent()) {
                lines.addLast(line.get().bytes());
                if (lines.size() > most) {
                    lines.removeFirst();
                }
                line = reader.next();
            }
        }
        return lines.stream().flatMap(bytes -> record(bytes).stream()).toList();
    }

    private static Optional<AuditRecord> record(byte[] line) {
        try {
            return HashedLine.read(line).isPresent()
                    ? Optional.of(RecordDecoder.decode(line))
                    : Optional.empty();
        } catch (MalformedRecordException e) {
            return Optional.empty();
        }
    }
}
