package io.stagedoor.proxy.audit.verify;

import java.util.Locale;

/**
 * Where in a journal something is.
 *
 * @param file the name of the segment
 * @param line the line in it, from 1
 * @param offset the byte at which that line begins, from 0
 * @param seq the sequence number that stands, or should stand, there
 */
public record Place(String file, long line, long offset, long seq) {

    /** Gives the place as a person reads it. */
    public String text() {
        return String.format(Locale.ROOT, "%s: line %d, byte %d, seq %d", file, line, offset, seq);
    }
}
