package io.stagedoor.proxy.body;

import javax.xml.stream.XMLStreamException;

/**
 * Finds where the tags of a document stand, in step with a parser that has found it well formed: the
 * parser of the platform does not say so exactly. Whatever is not where the parser saw it, and any
 * document type, ends in an exception. Confined to one thread.
 */
final class XmlTags {

    private final String text;
    private int at;
    private boolean openedEmpty;

    XmlTags(String text) {
        this.text = text;
    }

    /**
     * Passes the next start tag, which must be that of an element of this name.
     *
     * @return where it begins
     */
    int open(String qualifiedName) throws XMLStreamException {
        int start = next(!openedEmpty, "<" + qualifiedName);
        openedEmpty = text.charAt(at - 2) == '/';
        return start;
    }

    /**
     * Passes the end of the element of this name that was last opened and not closed.
     *
     * @return where the text after the element begins
     */
    int close(String qualifiedName) throws XMLStreamException {
        if (!openedEmpty) {
            next(true, "</" + qualifiedName);
        }
        openedEmpty = false;
        return at;
    }

    private int next(boolean inStep, String beginning) throws XMLStreamException {
        int start = find("<", at);
        while (isNoTag(start)) {
            start = find("<", afterNoTag(start));
        }
        int after = start + beginning.length();
        if (!inStep || !text.startsWith(beginning, start) || isOfName(after)) {
            throw new XMLStreamException("the tags are not where they were read");
        }
        at = end(after);
        return start;
    }

    private boolean isNoTag(int start) {
        return text.startsWith("<!", start) || text.startsWith("<?", start);
    }

    private int afterNoTag(int start) throws XMLStreamException {
        if (text.startsWith("<!--", start)) {
            return find("-->", start + 4) + 3;
        }
        if (text.startsWith("<![CDATA[", start)) {
            return find("]]>", start + 9) + 3;
        }
        if (text.startsWith("<?", start)) {
            return find("?>", start + 2) + 2;
        }
        throw new XMLStreamException("the document has a type");
    }

    private boolean isOfName(int position) {
        return position >= text.length() || " \t\r\n/>".indexOf(text.charAt(position)) < 0;
    }

    /** A sign of greater than within the quotes of an attribute does not end a tag. */
    private int end(int from) throws XMLStreamException {
        int at = from;
        while (at < text.length() && text.charAt(at) != '>') {
            char c = text.charAt(at);
            boolean quoted = c == '"' || c == '\'';
            at = 1 + (quoted ? find(String.valueOf(c), at + 1) : at);
        }
        if (at < text.length()) {
            return at + 1;
        }
        throw new XMLStreamException("a tag does not end");
    }

    private int find(String what, int from) throws XMLStreamException {
        int found = text.indexOf(what, from);
        if (found < 0) {
            throw new XMLStreamException("`" + what + "` is missing");
        }
        return found;
    }
}
