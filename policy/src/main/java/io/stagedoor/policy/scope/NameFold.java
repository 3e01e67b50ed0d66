package io.stagedoor.policy.scope;

import java.text.Normalizer;

/**
 * The one way in which names of Azure resources and actions are compared: Unicode NFC first, then
 * the letters A to Z folded to lower case, and nothing else.
 *
 * <p>Folding more than ASCII would make names equal that the service tells apart: the Kelvin sign,
 * for one, becomes {@code k} in Java's full lower-casing.
 */
public final class NameFold {

    private NameFold() {}

    /** Returns the form of the name that equal names share. */
    public static String fold(String name) {
        String composed =
                Normalizer.isNormalized(name, Normalizer.Form.NFC)
                        ? name
                        : Normalizer.normalize(name, Normalizer.Form.NFC);
        int first = firstUpperCase(composed);
        return first < 0 ? composed : lowerFrom(composed, first);
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
