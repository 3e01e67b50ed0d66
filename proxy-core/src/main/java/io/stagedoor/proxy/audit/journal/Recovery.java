package io.stagedoor.proxy.audit.journal;

import io.stagedoor.proxy.audit.codec.HashedLine;
import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.record.JournalEvent;
import io.stagedoor.proxy.audit.record.JournalEvent.SegmentDigest;
import io.stagedoor.proxy.audit.segment.SegmentChannel;
import io.stagedoor.proxy.audit.segment.SegmentName;
import io.stagedoor.proxy.audit.segment.SegmentStorage;
import io.stagedoor.proxy.audit.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds where a journal may go on after it was closed, or was not.
 *
 * <p>Reads only the last segment: all others are sealed, and checking those is the verifier's work.
 */
final class Recovery {
    private static final int SEAL_AT_MOST = 4096;

    private final SegmentStorage storage;
    private final long stride;

    /**
     * Where a journal goes on.
     *
     * @param head what the next record follows
     * @param journal the journal's id
     * @param current the segment to go on with; empty when a new one is to be begun
     * @param segment the number of the last segment
     * @param previous the digest of the segment before the current or new one
     * @param open the requests whose exchange is open
     * @param report what was found and done
     */
    record Recovered(
            Chain.Head head,
            String journal,
            Optional<SegmentWriter> current,
            long segment,
            Optional<SegmentDigest> previous,
            List<String> open,
            RecoveryReport report) {}

    private record Ending(Chain.Head head, String journal, SegmentDigest digest) {}

    Recovery(SegmentStorage storage, long stride) {
        this.storage = storage;
        this.stride = stride;
    }

    Recovered recover() throws IOException {
        List<SegmentName> names = storage.list();
        if (names.isEmpty()) {
            return fresh(Optional.empty());
        }
        SegmentName name = names.getLast();
        Optional<Ending> before =
                names.size() > 1 ? ending(names.get(names.size() - 2)) : Optional.empty();
        Optional<Chain.Head> expected =
                name.firstSeq() == 1 ? Optional.of(Chain.Head.START) : before.map(Ending::head);
        SegmentScan scan = scan(name, expected);
        if (!scan.broken().isEmpty()) {
            return leftAsItIs(name, scan);
        }
        Optional<RecoveryReport.TornEnd> torn = keepTorn(name, scan);
        return scan.opened().isEmpty()
                ? withoutSegment(name, before, torn)
                : goingOn(name, scan, torn);
    }

    private SegmentScan scan(SegmentName name, Optional<Chain.Head> expected) throws IOException {
        try (SegmentChannel channel = storage.read(name)) {
            return SegmentScan.of(name, channel, expected);
        }
    }

    private Recovered fresh(Optional<RecoveryReport.TornEnd> torn) {
        RecoveryReport report =
                new RecoveryReport(Optional.empty(), 0, torn.isEmpty(), torn, List.of(), List.of());
        return new Recovered(
                Chain.Head.START,
                UUID.randomUUID().toString(),
                Optional.empty(),
                0,
                Optional.empty(),
                List.of(),
                report);
    }

    private Recovered goingOn(
            SegmentName name, SegmentScan scan, Optional<RecoveryReport.TornEnd> torn)
            throws IOException {
        JournalEvent.SegmentOpened opened = scan.opened().orElseThrow();
        Chain.Head head = scan.head().orElseThrow();
        RecoveryReport report = report(name, scan, torn);
        if (scan.last().orElseThrow()
                instanceof JournalEvent.SegmentSealed(_, SegmentDigest digest)) {
            return new Recovered(
                    head,
                    opened.journal(),
                    Optional.empty(),
                    opened.segment(),
                    Optional.of(digest),
                    scan.open(),
                    report);
        }
        var from = new SegmentWriter.Continuation(scan.end(), scan.count(), scan.sha());
        return new Recovered(
                head,
                opened.journal(),
                Optional.of(SegmentWriter.resume(storage, name, stride, from)),
                opened.segment(),
                opened.previous(),
                scan.open(),
                report);
    }

    /** The first record of the newest segment never reached the disk whole: begin it again. */
    private Recovered withoutSegment(
            SegmentName name, Optional<Ending> before, Optional<RecoveryReport.TornEnd> torn)
            throws IOException {
        if (before.isEmpty() && name.firstSeq() == 1) {
            return fresh(torn);
        }
        Ending ending =
                before.orElseThrow(
                        () ->
                                new IOException(
                                        String.format(
                                                Locale.ROOT,
                                                "`%s` has no first record and nothing whole before it",
                                                name)));
        Chain.Head head = ending.head();
        List<String> open = openAt(storage.list());
        RecoveryReport report =
                new RecoveryReport(
                        Optional.of(name.fileName()), head.seq(), false, torn, List.of(), open);
        return new Recovered(
                head,
                ending.journal(),
                Optional.empty(),
                ending.digest().segment(),
                Optional.of(ending.digest()),
                open,
                report);
    }

    private List<String> openAt(List<SegmentName> names) throws IOException {
        return scan(names.get(names.size() - 2), Optional.empty()).open();
    }

    /** The chain is broken: touch nothing, and let a new segment follow the last good record. */
    private Recovered leftAsItIs(SegmentName name, SegmentScan scan) throws IOException {
        Chain.Head head = scan.head().orElseThrow();
        long segment = scan.opened().map(JournalEvent.SegmentOpened::segment).orElse(0L);
        SegmentDigest digest =
                new SegmentDigest(
                        segment,
                        name.firstSeq(),
                        head.seq(),
                        scan.count(),
                        scan.sha().copy().finish());
        return new Recovered(
                head,
                scan.opened()
                        .map(JournalEvent.SegmentOpened::journal)
                        .orElseGet(() -> UUID.randomUUID().toString()),
                Optional.empty(),
                segment,
                Optional.of(digest),
                scan.open(),
                report(name, scan, Optional.empty()));
    }

    private static RecoveryReport report(
            SegmentName name, SegmentScan scan, Optional<RecoveryReport.TornEnd> torn) {
        boolean clean =
                scan.last().orElseThrow() instanceof JournalEvent.Checkpoint(var reason, _)
                        && reason == JournalEvent.Reason.CLOSED;
        return new RecoveryReport(
                Optional.of(name.fileName()),
                scan.head().orElseThrow().seq(),
                clean,
                torn,
                scan.broken(),
                scan.open());
    }

    private Optional<RecoveryReport.TornEnd> keepTorn(SegmentName name, SegmentScan scan)
            throws IOException {
        if (scan.tornBytes() == 0) {
            return Optional.empty();
        }
        try (SegmentChannel channel = storage.read(name)) {
            ByteBuffer bytes = bytes(channel, scan.end(), scan.tornBytes());
            return Optional.of(
                    new RecoveryReport.TornEnd(
                            storage.keepTorn(name, scan.end(), bytes),
                            scan.end(),
                            scan.tornBytes()));
        }
    }

    private Optional<Ending> ending(SegmentName name) throws IOException {
        try (SegmentChannel channel = storage.read(name)) {
            long from = Math.max(0, channel.size() - SEAL_AT_MOST);
            byte[] tail = bytes(channel, from, channel.size() - from).array();
            return lastLine(tail).flatMap(Recovery::sealOf);
        }
    }

    private static Optional<Ending> sealOf(byte[] line) {
        try {
            Optional<HashedLine> hashed = HashedLine.read(line);
            if (hashed.isPresent()
                    && RecordDecoder.decode(line).body()
                            instanceof
                            JournalEvent.SegmentSealed(String journal, SegmentDigest digest)) {
                return Optional.of(new Ending(Chain.Head.of(hashed.get()), journal, digest));
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> lastLine(byte[] tail) {
        String text = new String(tail, StandardCharsets.ISO_8859_1);
        int feed = text.length() - 1;
        int start = text.lastIndexOf('\n', feed - 1);
        return feed >= 0 && text.charAt(feed) == '\n'
                ? Optional.of(text.substring(start + 1, feed).getBytes(StandardCharsets.ISO_8859_1))
                : Optional.empty();
    }

    private static ByteBuffer bytes(SegmentChannel channel, long from, long length)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
            // It may take several reads.
        }
        return bytes.flip();
    }
}
