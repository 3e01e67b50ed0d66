package io.stagedoor.proxy.body;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Finds the scalar values at some pointers in a document that arrives in pieces. Whatever is wrong
 * with the document ends the scan; nothing is thrown. Confined to the thread of its exchange.
 */
sealed interface Scan permits JsonScan, XmlScan {

    /**
     * A value that was found.
     *
     * @param pointer the pointer that led to it, as it was given
     * @param stars what its stars stood for: indexes or names
     * @param value the text of a string or number
     */
    record Hit(String pointer, List<String> stars, String value) {}

    /** Takes the next piece; the buffer's position is left alone. */
    void accept(ByteBuffer piece);

    /** Returns what was found so far, at most the bound. */
    List<Hit> hits();

    /** Returns whether the scan ended early: no such document, or more hits than the bound. */
    boolean isBroken();
}
