package io.stagedoor.config.text;

import java.util.Collection;
import java.util.stream.Collectors;

/** User input made safe to show: in backticks, on one line, without control characters, bounded. */
public final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    /** Returns the text in backticks; what is longer than 80 code points is cut. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder("`");
        text.codePoints().limit(LONGEST).forEach(point -> append(shown, point));
        if (text.codePointCount(0, text.length()) > LONGEST) {
            shown.append("...");
        }
        return shown.append('`').toString();
    }

    /** Returns words of our own, each in backticks, with commas between them. */
    public static String list(Collection<String> words) {
        return words.stream().collect(Collectors.joining("`, `", "`", "`"));
    }

    private static void append(StringBuilder shown, int point) {
        if (isHarmless(point)) {
            shown.appendCodePoint(point);
        } else {
            shown.append("\\u{").append(Integer.toHexString(point)).append('}');
        }
    }

    /** A backtick would end the quotation; format characters (bidi) would turn the line around. */
    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> point != '`';
        };
    }
}
