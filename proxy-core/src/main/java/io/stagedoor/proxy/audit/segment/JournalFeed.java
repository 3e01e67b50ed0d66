package io.stagedoor.proxy.audit.segment;

import io.stagedoor.proxy.audit.codec.HashedLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the whole records of a journal from a place on, some at a time; safe while it is written.
 *
 * <p>Damaged lines are passed over: they are the verifier's to report.
 */
public final class JournalFeed {
    private final SegmentStorage storage;

    /**
     * A whole record and where it is.
     *
     * @param segment the first sequence number of its segment
     * @param line its text
     * @param hashed its frame
     */
    public record Fed(long segment, Line line, HashedLine hashed) {
        /** Gives the place to go on from. */
        public JournalPlace after() {
            return new JournalPlace(segment, line.end(), hashed.seq(), hashed.hash());
        }
    }

    /** Makes a feed over a storage. */
    public JournalFeed(SegmentStorage storage) {
        this.storage = storage;
    }

    /**
     * Gives the records that follow a place.
     *
     * @param upTo the last sequence number that may be given
     * @param most how many at most
     */
    public List<Fed> after(JournalPlace place, long upTo, int most) throws IOException {
        List<Fed> fed = new ArrayList<>();
        for (SegmentName name : storage.list()) {
            boolean current = name.firstSeq() == place.segment();
            boolean relevant = name.firstSeq() <= upTo && fed.size() < most;
            if (relevant && (current || name.firstSeq() > place.segment())) {
                read(name, current ? place.offset() : 0, upTo, most, fed);
            }
        }
        return fed;
    }

    /** Tells whether the record that ends at a place is the one that was taken in. */
    public boolean stillHas(JournalPlace place, long offset, int length) throws IOException {
        return line(place.segment(), offset, length)
                .flatMap(HashedLine::read)
                .map(HashedLine::hash)
                .filter(place.hash()::equals)
                .isPresent();
    }

    /** Gives the line of a length at an offset, or nothing when the segment does not have it. */
    public Optional<byte[]> line(long segment, long offset, int length) throws IOException {
        try (SegmentChannel channel = storage.read(new SegmentName(segment))) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {
                // It may take several reads.
            }
            return bytes.hasRemaining() ? Optional.empty() : Optional.of(bytes.array());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void read(SegmentName name, long offset, long upTo, int most, List<Fed> fed)
            throws IOException {
        try (SegmentChannel channel = storage.read(name)) {
            LineReader reader = new LineReader(channel, offset);
            Optional<Line> line = reader.next();
            while (line.isPresent() && fed.size() < most) {
                Line whole = line.get();
                Optional<HashedLine> hashed = HashedLine.read(whole.bytes());
                hashed.filter(one -> one.seq() <= upTo)
                        .ifPresent(one -> fed.add(new Fed(name.firstSeq(), whole, one)));
                line =
                        hashed.isPresent() && hashed.get().seq() > upTo
                                ? Optional.empty()
                                : reader.next();
            }
        }
    }
}
