package io.stagedoor.proxy.audit.segment;

import io.stagedoor.proxy.audit.codec.RecordEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads the lines of a segment one after another, in bounded memory; for one thread.
 *
 * <p>What it has read it does not read again: to follow a segment that is being written, make a new
 * reader at {@link #offset}.
 */
public final class LineReader {
    private static final byte[] NOTHING = {};

    private final SegmentChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).limit(0);
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long begunLength;
    private long offset;
    private long filled;

    /** Makes a reader that begins at an offset, which must be that of a line. */
    public LineReader(SegmentChannel channel, long offset) {
        this.channel = channel;
        this.offset = offset;
        this.filled = offset;
    }

    /** Gives the next line that has its line feed, or nothing when there is none (yet). */
    public Optional<Line> next() throws IOException {
        while (buffer.hasRemaining() || fill()) {
            int start = buffer.position();
            int end = lineFeed(start);
            boolean complete = end < buffer.limit();
            begun(start, end);
            buffer.position(complete ? end + 1 : end);
            if (complete) {
                return Optional.of(finished());
            }
        }
        return Optional.empty();
    }

    /** Gives where the line that {@link #next} has not given yet begins. */
    public long offset() {
        return offset;
    }

    /** Tells whether the bytes after the last whole line are nothing but zeros; reads to the end. */
    public boolean onlyZerosRemain() throws IOException {
        return lastByteThatIsNotZero() < offset;
    }

    /** Gives the offset of the last byte that is not zero, or -1; reads from the last line on. */
    public long lastByteThatIsNotZero() throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
        long last = -1;
        long at = offset;
        while (channel.read(chunk.clear(), at) > 0) {
            for (int i = 0; i < chunk.position(); i++) {
                last = chunk.get(i) == 0 ? last : at + i;
            }
            at += chunk.position();
        }
        return last;
    }

    private boolean fill() throws IOException {
        int count = channel.read(buffer.clear(), filled);
        buffer.flip();
        filled += Math.max(count, 0);
        return count > 0;
    }

    private int lineFeed(int start) {
        int end = start;
        while (end < buffer.limit() && buffer.get(end) != '\n') {
            end++;
        }
        return end;
    }

    private void begun(int start, int end) {
        begunLength += end - start;
        if (begunLength <= RecordEncoder.LONGEST_LINE) {
            begun.write(buffer.array(), start, end - start);
        }
    }

    private Line finished() {
        byte[] bytes = begunLength <= RecordEncoder.LONGEST_LINE ? begun.toByteArray() : NOTHING;
        Line line = new Line(offset, bytes, begunLength);
        begun.reset();
        begunLength = 0;
        offset = line.end();
        return line;
    }
}
