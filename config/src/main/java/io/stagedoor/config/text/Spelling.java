package io.stagedoor.config.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the word that was probably meant, by optimal string alignment distance (insert, delete,
 * replace, swap neighbours). Case, {@code _}, {@code -} and spaces do not count.
 */
public final class Spelling {

    private static final int LONGEST = 64;

    private Spelling() {}

    /**
     * Returns the nearest of the known words, if one is near: at most a third of the shorter
     * one's letters (and never more than three) differ. Of equally near ones the first in alphabetical order is taken.
     */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        String folded = fold(word);
        return known.stream()
                .filter(candidate -> distance(folded, fold(candidate)) <= reach(word, candidate))
                .min(
                        Comparator.comparingInt(
                                        (String candidate) -> distance(folded, fold(candidate)))
                                .thenComparing(Comparator.naturalOrder()));
    }

    private static int reach(String word, String candidate) {
        return Math.clamp(Math.min(word.length(), candidate.length()) / 3, 1, 3);
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[_\\- ]", "");
    }

    /** Returns how many edits turn the one into the other. Costs the product of their lengths. */
    static int distance(String left, String right) {
        int[] beforeLast = new int[right.length() + 1];
        int[] last = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            last[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = nextRow(left, right, row, last, beforeLast);
            beforeLast = last;
            last = current;
        }
        return last[right.length()];
    }

    private static int[] nextRow(String left, String right, int row, int[] last, int[] beforeLast) {
        int[] current = new int[right.length() + 1];
        current[0] = row;
        for (int column = 1; column <= right.length(); column++) {
            int replaced = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
            int edits = Math.min(last[column], current[column - 1]) + 1;
            edits = Math.min(edits, last[column - 1] + replaced);
            if (isSwap(left, right, row, column)) {
                edits = Math.min(edits, beforeLast[column - 2] + 1);
            }
            current[column] = edits;
        }
        return current;
    }

    private static boolean isSwap(String left, String right, int row, int column) {
        return row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
    }
}
