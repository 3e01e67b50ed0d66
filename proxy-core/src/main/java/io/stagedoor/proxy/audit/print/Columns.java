package io.stagedoor.proxy.audit.print;

import java.util.ArrayList;
import java.util.List;

/** Lines whose fields stand under one another. */
final class Columns {
    private static final String GAP = "  ";

    private Columns() {}

    static String of(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        rows.forEach(row -> widen(widths, row));
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            out.append(line(row, widths)).append('\n');
        }
        return out.toString();
    }

    private static void widen(List<Integer> widths, List<String> row) {
        for (int i = 0; i < row.size(); i++) {
            int width = width(row.get(i));
            if (i == widths.size()) {
                widths.add(width);
            } else {
                widths.set(i, Math.max(widths.get(i), width));
            }
        }
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i));
            int padding = i == row.size() - 1 ? 0 : widths.get(i) - width(row.get(i));
            line.repeat(' ', padding).append(i == row.size() - 1 ? "" : GAP);
        }
        return line.toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
