package io.stagedoor.config.text;

/**
 * A place in a text file.
 *
 * @param line the line, from 1
 * @param column the column in Unicode code points, from 1
 */
public record Position(int line, int column) implements Comparable<Position> {

    /** The first character of a file. */
    public static final Position START = new Position(1, 1);

    /**
     * Checks that both parts count from 1.
     *
     * @throws IllegalArgumentException if a part is smaller than 1
     */
    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("lines and columns count from 1");
        }
    }

    @Override
    public int compareTo(Position other) {
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** Returns {@code line:column}. */
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
