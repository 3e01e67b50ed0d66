package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.codec.HashedLine;
import io.stagedoor.proxy.audit.decode.MalformedRecordException;
import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.segment.SegmentChannel;
import io.stagedoor.proxy.audit.segment.SegmentName;
import io.stagedoor.proxy.audit.segment.SegmentStorage;
import io.stagedoor.proxy.audit.store.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the records of blocks from the journal, only those that hold a certain text; for one thread.
 *
 * <p>The blocks read last are kept, since questions come back to them. Damaged lines are passed
 * over, and so is what the journal has lost.
 */
final class BlockReader {
    private static final int KEPT = 8;

    private final SegmentStorage storage;
    private final Map<Block.Extent, byte[]> kept =
            new LinkedHashMap<>(KEPT, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Block.Extent, byte[]> eldest) {
                    return size() > KEPT;
                }
            };

    BlockReader(SegmentStorage storage) {
        this.storage = storage;
    }

    /** Gives the records of a block whose lines hold a text, in order. */
    List<AuditRecord> find(Block.Extent extent, Needle needle) throws IOException {
        byte[] bytes = bytesOf(extent);
        List<AuditRecord> found = new ArrayList<>();
        int start = 0;
        while (start < bytes.length) {
            int end = lineEnd(bytes, start);
            if (needle.isIn(bytes, start, end)) {
                record(Arrays.copyOfRange(bytes, start, end)).ifPresent(found::add);
            }
            start = end + 1;
        }
        return found;
    }

    private static int lineEnd(byte[] bytes, int start) {
        int end = start;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
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

    private byte[] bytesOf(Block.Extent extent) throws IOException {
        byte[] bytes = kept.get(extent);
        if (bytes == null) {
            bytes = read(extent);
            kept.put(extent, bytes);
        }
        return bytes;
    }

    private byte[] read(Block.Extent extent) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(extent.end() - extent.offset()));
        try (SegmentChannel channel = storage.read(new SegmentName(extent.segment()))) {
            while (bytes.hasRemaining()
                    && channel.read(bytes, extent.offset() + bytes.position()) > 0) {
                // It may take several reads.
            }
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
