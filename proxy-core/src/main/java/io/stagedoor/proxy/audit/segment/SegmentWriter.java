package io.stagedoor.proxy.audit.segment;

import io.stagedoor.proxy.audit.codec.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes one segment: stages lines, makes them durable together, or takes them back; for one thread.
 *
 * <p>INVARIANT: the first {@link #durableEnd} bytes were covered by a {@link SegmentChannel#force}
 * that returned, and {@link #sha} has taken in exactly those and the staged ones.
 */
public final class SegmentWriter implements Closeable {
    private static final int BUFFER = 1 << 20;
    private static final int MOST_EMPTY_WRITES = 3;

    private final SegmentStorage storage;
    private final SegmentName name;
    private final long stride;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private SegmentChannel channel;
    private Sha256 sha;
    private Sha256 durableSha;
    private long durableEnd;
    private long stagedEnd;
    private long allocatedEnd;
    private long durableCount;
    private long stagedCount;

    /** Where a segment is to be continued: what stands in it already. */
    public record Continuation(long end, long count, Sha256 sha) {
        /** Nothing stands in it. */
        public static Continuation atStart() {
            return new Continuation(0, 0, new Sha256());
        }
    }

    private SegmentWriter(
            SegmentStorage storage,
            SegmentName name,
            SegmentChannel channel,
            long stride,
            Continuation from) {
        this.storage = storage;
        this.name = name;
        this.channel = channel;
        this.stride = stride;
        this.sha = from.sha();
        this.durableSha = from.sha().copy();
        this.durableEnd = from.end();
        this.stagedEnd = from.end();
        this.durableCount = from.count();
        this.stagedCount = from.count();
    }

    /**
     * Makes a new segment, which has its name only after {@link SegmentStorage#publish}.
     *
     * @param stride how many bytes of zeros are laid down ahead each time the file must grow; 0 for
     *     none
     */
    public static SegmentWriter create(SegmentStorage storage, SegmentName name, long stride)
            throws IOException {
        SegmentChannel channel = storage.create(name);
        return new SegmentWriter(storage, name, channel, stride, Continuation.atStart());
    }

    /** Continues a segment, of which everything after the given end is cut off first. */
    public static SegmentWriter resume(
            SegmentStorage storage, SegmentName name, long stride, Continuation from)
            throws IOException {
        SegmentChannel channel = storage.open(name);
        SegmentWriter writer = new SegmentWriter(storage, name, channel, stride, from);
        writer.cutToDurableEnd();
        return writer;
    }

    /**
     * Takes in a line that is not durable before {@link #commit} returns.
     *
     * @return where it ends in the segment
     */
    public long stage(byte[] bytes, int length) throws IOException {
        sha.update(bytes, 0, length);
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, buffer.remaining());
            buffer.put(bytes, done, part);
            done += part;
            flushIfFull();
        }
        stagedCount++;
        return stagedEnd + buffer.position();
    }

    /** Makes everything staged durable. */
    public void commit() throws IOException {
        flush();
        channel.force();
        durableEnd = stagedEnd;
        durableCount = stagedCount;
        durableSha = sha.copy();
    }

    /** Cuts off what was laid down ahead, so that the next line ends the file. */
    public void trim() throws IOException {
        channel.truncate(durableEnd);
        allocatedEnd = Long.MAX_VALUE;
    }

    /**
     * Takes back everything that is not durable, on a newly opened channel, and checks that what is
     * left reads as it was written.
     */
    public void rollback() throws IOException {
        buffer.clear();
        stagedEnd = durableEnd;
        stagedCount = durableCount;
        sha = durableSha.copy();
        closeQuietly();
        channel = storage.open(name);
        cutToDurableEnd();
        if (!digestOfFile().equals(digest())) {
            throw new IOException("`" + name + "` does not read as it was written");
        }
    }

    /** Gives the number of records on disk. */
    public long count() {
        return durableCount;
    }

    /** Gives the number of bytes of records on disk. */
    public long durableEnd() {
        return durableEnd;
    }

    /** Gives SHA-256 over the durable bytes. */
    public String digest() {
        return durableSha.copy().finish();
    }

    /** Gives the segment's name. */
    public SegmentName name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void flushIfFull() throws IOException {
        if (!buffer.hasRemaining()) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        long end = stagedEnd + buffer.remaining();
        while (stride > 0 && allocatedEnd < end) {
            allocatedEnd = allocate(Math.max(allocatedEnd, stagedEnd));
        }
        writeAll(buffer, stagedEnd);
        buffer.clear();
        stagedEnd = end;
    }

    private long allocate(long from) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(stride, BUFFER));
        long at = from;
        while (at < from + stride) {
            writeAll(zeros.clear(), at);
            at += zeros.capacity();
        }
        return at;
    }

    private void writeAll(ByteBuffer bytes, long position) throws IOException {
        int emptyWrites = 0;
        long at = position;
        while (bytes.hasRemaining()) {
            int written = channel.write(bytes, at);
            emptyWrites = written > 0 ? 0 : emptyWrites + 1;
            if (emptyWrites == MOST_EMPTY_WRITES) {
                throw new IOException("`" + name + "` takes no more bytes");
            }
            at += written;
        }
    }

    private void cutToDurableEnd() throws IOException {
        channel.truncate(durableEnd);
        allocatedEnd = durableEnd;
    }

    private String digestOfFile() throws IOException {
        Sha256 read = new Sha256();
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
        long at = 0;
        while (channel.read(chunk.clear(), at) > 0) {
            read.update(chunk.array(), 0, chunk.position());
            at += chunk.position();
        }
        return read.finish();
    }

    private void closeQuietly() {
        try {
            channel.close();
        } catch (IOException e) {
            // The channel failed before; what matters is done on the new one.
        }
    }
}
