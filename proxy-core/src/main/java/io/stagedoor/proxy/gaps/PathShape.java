package io.stagedoor.proxy.gaps;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The shape of a path: what is left when the ids in it are masked, so that the same call about two
 * things counts as one.
 *
 * <p>A word counts as an id if it holds a digit, unless it is a version such as {@code v1} or {@code
 * 3.27}; or a letter outside ASCII, or a sign that words of documented paths do not have; or if it is
 * longer than those are. A name made of letters alone cannot be told from a word.
 */
final class PathShape {

    private static final Pattern VERSION = Pattern.compile("v?[0-9]{1,3}(\\.[0-9]{1,3}){0,2}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z.:_-]{1,48}");
    private static final String ID = "{id}";

    private PathShape() {}

    /** Returns the shape of a path; its query is left aside. */
    static String of(String path) {
        int question = path.indexOf('?');
        StringJoiner shape = new StringJoiner("/");
        for (String segment : (question < 0 ? path : path.substring(0, question)).split("/", -1)) {
            shape.add(masked(segment));
        }
        return shape.toString();
    }

    private static String masked(String segment) {
        boolean word = segment.isEmpty() || WORD.matcher(segment).matches() || isVersion(segment);
        return word ? segment.toLowerCase(Locale.ROOT) : ID;
    }

    /** A bare number is an id; {@code v1} and {@code 3.27} are versions. */
    private static boolean isVersion(String segment) {
        return VERSION.matcher(segment).matches()
                && (segment.startsWith("v") || segment.indexOf('.') > 0);
    }
}
