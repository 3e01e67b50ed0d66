package io.stagedoor.proxy.audit.segment;

/** A line of a segment, without its line feed, and where it stands. */
public final class Line {
    private final long offset;
    private final byte[] bytes;
    private final long length;

    Line(long offset, byte[] bytes, long length) {
        this.offset = offset;
        this.bytes = bytes;
        this.length = length;
    }

    /** Gives what it holds; nothing when it is longer than any record can be. Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Gives where it begins in the file. */
    public long offset() {
        return offset;
    }

    /** Gives how many bytes it has in the file, its line feed not counted. */
    public long length() {
        return length;
    }

    /** Gives where the next line begins. */
    public long end() {
        return offset + length + 1;
    }
}
