package io.stagedoor.policy.scope;

import java.text.Normalizer;

/**
 * The one way in which names of Azure resources are compared: Unicode NFC first, then the letters A
 * to Z folded to lower case, and nothing else.
 *
 * <p>Folding more than ASCII would make names equal that the service may tell apart, as {@code É} and
 * {@code é} are.
 */
public final class NameFold {

    private NameFold() {}

    /** Returns the form of the name that equal names share. */
    public static String fold(String name) {
        String composed =
                Normalizer.isNormalized(name, Normalizer.Form.NFC)
                        ? name
                        : Normalizer.normalize(name, Normalizer.Form.NFC);
        return foldAscii(composed);
    }

    /**
     * Returns the word with A to Z in lower case and all else as it is. For words that are ASCII,
     * such as actions and the fixed words of scopes: NFC would let the Kelvin sign pass for a K.
     */
    public static String foldAscii(String word) {
        int first = firstUpperCase(word);
        return first < 0 ? word : lowerFrom(word, first);
    }

    /** Returns whether two names are the same name. */
    public static boolean same(String one, String other) {
        return fold(one).equals(fold(other));
    }

    private static int firstUpperCase(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUpperCase(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static String lowerFrom(String text, int first) {
        char[] letters = text.toCharArray();
        for (int i = first; i < letters.length; i++) {
            if (isUpperCase(letters[i])) {
                letters[i] = (char) (letters[i] + ('a' - 'A'));
            }
        }
        return new String(letters);
    }

    private static boolean isUpperCase(char letter) {
        return letter >= 'A' && letter <= 'Z';
    }
}
