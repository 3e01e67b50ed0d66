package io.stagedoor.proxy.audit.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open segment: what the journal needs of a {@link java.nio.channels.FileChannel}. */
public interface SegmentChannel extends Closeable {

    /** Reads from a position; gives the number of bytes read, or -1 at the end. */
    int read(ByteBuffer target, long position) throws IOException;

    /** Writes at a position; may write fewer bytes than there are, and gives how many it did. */
    int write(ByteBuffer source, long position) throws IOException;

    /** Returns when what was written is on disk. */
    void force() throws IOException;

    /** Cuts the file to a length; returns when that is on disk. */
    void truncate(long size) throws IOException;

    /** Gives the length of the file. */
    long size() throws IOException;
}
