package io.stagedoor.config.text;

import org.snakeyaml.engine.v2.exceptions.Mark;

/** Counts lines and columns, as the YAML parser does: a line ends at CR LF, CR or LF. */
final class Lines {

    private Lines() {}

    /** Returns the position behind the last character. */
    static Position end(String text) {
        return at(text, text.codePointCount(0, text.length()));
    }

    /** Returns the position of a code point; of one beyond the end, the position of the end. */
    static Position at(String text, int codePoints) {
        int[] points = text.codePoints().limit(Math.max(codePoints, 0)).toArray();
        int line = 1;
        int start = 0;
        for (int index = 0; index < points.length; index++) {
            boolean pair =
                    points[index] == '\r' && index + 1 < points.length && points[index + 1] == '\n';
            if (points[index] == '\n' || (points[index] == '\r' && !pair)) {
                line++;
                start = index + 1;
            }
        }
        return new Position(line, points.length - start + 1);
    }

    /** Returns where the parser's mark stands. */
    static Position of(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
