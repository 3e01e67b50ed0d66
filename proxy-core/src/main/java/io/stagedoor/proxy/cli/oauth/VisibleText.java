package io.stagedoor.proxy.cli.oauth;

import java.util.stream.Collectors;

/**
 * Makes texts of strangers fit for a terminal: characters that control it, hide or reorder others
 * are left out, and the length is bounded.
 */
public final class VisibleText {
    private static final int MAX_LENGTH = 300;

    private VisibleText() {}

    /** Gives what may be shown of a text; may be empty. */
    public static String of(String text) {
        return text.codePoints()
                .filter(VisibleText::isVisible)
                .limit(MAX_LENGTH)
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
                .strip();
    }

    private static boolean isVisible(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
