package io.stagedoor.policy.operation;

import java.util.Arrays;
import java.util.List;

/**
 * A fixed list of words, found without regard to ASCII case and without making a folded copy of what
 * is looked for: an open-addressed table, at most half full. Letters outside ASCII never fold.
 */
final class FoldedWords {

    private final String[] words;
    private final int[] slots;

    /** Makes the table; words that differ only in case must not be given. */
    FoldedWords(List<String> words) {
        this.words = words.toArray(String[]::new);
        this.slots = new int[Integer.highestOneBit(Math.max(1, words.size()) * 4 - 1)];
        Arrays.fill(slots, -1);
        for (int i = 0; i < this.words.length; i++) {
            slots[freeSlot(this.words[i])] = i;
        }
    }

    private int freeSlot(String word) {
        int slot = hash(word) & (slots.length - 1);
        while (slots[slot] >= 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /** Returns the position of the word in the list, or -1. */
    int indexOf(String word) {
        int slot = hash(word) & (slots.length - 1);
        while (slots[slot] >= 0) {
            if (same(words[slots[slot]], word)) {
                return slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return -1;
    }

    /** Returns whether two words are the same but for the case of ASCII letters. */
    static boolean same(String one, String other) {
        if (one.length() != other.length()) {
            return false;
        }
        for (int i = 0; i < one.length(); i++) {
            if (fold(one.charAt(i)) != fold(other.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int hash(String word) {
        int hash = 0;
        for (int i = 0; i < word.length(); i++) {
            hash = 31 * hash + fold(word.charAt(i));
        }
        return hash ^ (hash >>> 15);
    }

    private static char fold(char letter) {
        return letter >= 'A' && letter <= 'Z' ? (char) (letter + ('a' - 'A')) : letter;
    }
}
