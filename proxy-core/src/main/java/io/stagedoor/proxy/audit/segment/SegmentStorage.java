package io.stagedoor.proxy.audit.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Where segments are kept; the one seam between the journal and the disk. */
public interface SegmentStorage {

    /** Gives the names of all segments, oldest first. */
    List<SegmentName> list() throws IOException;

    /** Opens a segment for reading only. */
    SegmentChannel read(SegmentName name) throws IOException;

    /** Opens a segment for reading and writing. */
    SegmentChannel open(SegmentName name) throws IOException;

    /** Makes an empty segment that has no name yet, in place of one a crash may have left. */
    SegmentChannel create(SegmentName name) throws IOException;

    /** Gives a created segment its name; returns when the name is on disk. */
    void publish(SegmentName name) throws IOException;

    /** Keeps the torn end of a segment beside it; returns when it is on disk. */
    Path keepTorn(SegmentName name, long offset, ByteBuffer torn) throws IOException;
}
