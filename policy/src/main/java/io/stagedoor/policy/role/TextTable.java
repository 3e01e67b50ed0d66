package io.stagedoor.policy.role;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines of a text table that say something, each with its place for complaints. */
final class TextTable {

    /** One line without surrounding blanks, never empty and never a comment. */
    record Line(String table, int number, String text) {

        /** Returns the complaint about this line, for example {@code built-in.roles:12: ...}. */
        IllegalArgumentException wrong(String why) {
            return new IllegalArgumentException(table + ":" + number + ": " + why);
        }
    }

    private TextTable() {}

    /** Reads a resource that stands beside this class. */
    static List<Line> ofResource(String name) {
        InputStream stream = TextTable.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("the resource `" + name + "` is missing");
        }
        return read(name, new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** Reads all lines and closes the reader; comments start with {@code #} on their own line. */
    static List<Line> read(String table, Reader reader) {
        List<Line> lines = new ArrayList<>();
        try (BufferedReader buffered = new BufferedReader(reader)) {
            int number = 0;
            for (String text = buffered.readLine(); text != null; text = buffered.readLine()) {
                number++;
                String stripped = text.strip();
                if (!stripped.isEmpty() && stripped.charAt(0) != '#') {
                    lines.add(new Line(table, number, stripped));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(table + " cannot be read", e);
        }
        return lines;
    }
}
