package io.stagedoor.proxy.audit.journal;

import io.stagedoor.proxy.audit.codec.HashedLine;
import io.stagedoor.proxy.audit.codec.Sha256;
import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.JournalEvent;
import io.stagedoor.proxy.audit.record.RecordBody;
import io.stagedoor.proxy.audit.segment.Line;
import io.stagedoor.proxy.audit.segment.LineReader;
import io.stagedoor.proxy.audit.segment.SegmentChannel;
import io.stagedoor.proxy.audit.segment.SegmentName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the segment that was being written, to find where it may go on; for one thread.
 *
 * <p>A bad place with no good record after it is a torn end. A bad place with good records after it
 * is a broken chain, since a record is only acknowledged once everything before it is on disk.
 */
final class SegmentScan {
    private static final byte[] LINE_FEED = {'\n'};

    private final SegmentName name;
    private final Set<String> open = new LinkedHashSet<>();
    private final List<String> broken = new ArrayList<>();
    private final Sha256 sha = new Sha256();
    private Optional<Chain.Head> head;
    private Optional<JournalEvent.SegmentOpened> opened = Optional.empty();
    private Optional<RecordBody> last = Optional.empty();
    private OptionalLong suspect = OptionalLong.empty();
    private long end;
    private long count;
    private long lastByte;

    private SegmentScan(SegmentName name, Optional<Chain.Head> before) {
        this.name = name;
        this.head = before;
    }

    /**
     * Reads a segment to its end.
     *
     * @param before the end of the segment before, when it is known
     */
    static SegmentScan of(SegmentName name, SegmentChannel channel, Optional<Chain.Head> before)
            throws IOException {
        SegmentScan scan = new SegmentScan(name, before);
        LineReader reader = new LineReader(channel, 0);
        Optional<Line> line = reader.next();
        while (line.isPresent()) {
            scan.take(line.get());
            line = reader.next();
        }
        scan.lastByte = Math.max(reader.offset() - 1, reader.lastByteThatIsNotZero());
        return scan;
    }

    /** Gives the last good record's place in the chain, or that of the segment before. */
    Optional<Chain.Head> head() {
        return head;
    }

    /** Gives where the last good record ends. */
    long end() {
        return end;
    }

    /** Gives how many good records there are. */
    long count() {
        return count;
    }

    /** Gives the digest over the good records. */
    Sha256 sha() {
        return sha;
    }

    /** Gives how many bytes after the last good record are no zeros laid down ahead. */
    long tornBytes() {
        return Math.max(0, lastByte + 1 - end);
    }

    Optional<JournalEvent.SegmentOpened> opened() {
        return opened;
    }

    Optional<RecordBody> last() {
        return last;
    }

    List<String> open() {
        return List.copyOf(open);
    }

    List<String> broken() {
        return broken;
    }

    private void take(Line line) throws IOException {
        Optional<HashedLine> hashed = HashedLine.read(line.bytes());
        if (hashed.isEmpty()) {
            suspect = suspect.isPresent() ? suspect : OptionalLong.of(line.offset());
            return;
        }
        if (suspect.isPresent()) {
            broken.add(place(suspect.getAsLong(), "is no whole record"));
            suspect = OptionalLong.empty();
        } else if (head.isPresent() && !head.get().isFollowedBy(hashed.get())) {
            broken.add(place(line.offset(), "does not follow the record before"));
        }
        accept(line, hashed.get());
    }

    private void accept(Line line, HashedLine hashed) throws IOException {
        head = Optional.of(Chain.Head.of(hashed));
        end = line.end();
        count++;
        sha.update(line.bytes(), 0, line.bytes().length).update(LINE_FEED, 0, 1);
        RecordBody body = RecordDecoder.decode(line.bytes()).body();
        last = Optional.of(body);
        switch (body) {
            case JournalEvent.SegmentOpened first -> opened(first);
            case AuditEvent.Decided decided when decided.opensExchange() ->
                    open.add(decided.request().id());
            case AuditEvent.Completed completed -> open.remove(completed.requestId());
            default -> {
                // Neither opens nor ends an exchange.
            }
        }
    }

    private void opened(JournalEvent.SegmentOpened first) {
        opened = Optional.of(first);
        open.addAll(first.open());
    }

    private String place(long offset, String problem) {
        return String.format(Locale.ROOT, "%s: byte %d %s", name, offset, problem);
    }
}
