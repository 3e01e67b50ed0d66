package io.stagedoor.proxy.fuzz;

import io.stagedoor.proxy.audit.codec.HashedLine;
import io.stagedoor.proxy.audit.decode.MalformedRecordException;
import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.segment.FileStorage;
import io.stagedoor.proxy.audit.segment.Line;
import io.stagedoor.proxy.audit.segment.LineReader;
import io.stagedoor.proxy.audit.segment.SegmentChannel;
import io.stagedoor.proxy.audit.segment.SegmentName;
import io.stagedoor.proxy.audit.verify.JournalVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A segment of any octets is read to its end: lines, records, chain and all. */
public final class JournalReading {

    private static final Path FOLDER = folder();
    private static final SegmentName SEGMENT = new SegmentName(1);

    private JournalReading() {}

    /** Takes the octets of a segment. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Files.write(FOLDER.resolve(SEGMENT.fileName()), input);
            readLines(input);
            JournalVerifier.verify(FOLDER, Optional.empty(), Instant.EPOCH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readLines(byte[] input) throws IOException {
        try (SegmentChannel channel = new FileStorage(FOLDER).read(SEGMENT)) {
            LineReader reader = new LineReader(channel, 0);
            long end = 0;
            for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                Law.holds(line.get().offset() == end, "a line is left out or read twice");
                Law.holds(
                        reader.offset() > end && reader.offset() <= input.length,
                        "reading does not get on");
                end = reader.offset();
                decode(line.get().bytes());
            }
            reader.onlyZerosRemain();
        }
    }

    private static void decode(byte[] line) {
        HashedLine.read(line);
        try {
            RecordDecoder.decode(line);
        } catch (MalformedRecordException expected) {
            Law.holds(!String.valueOf(expected.getMessage()).isEmpty(), "no reason is given");
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("stagedoor-journal-fuzz");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
