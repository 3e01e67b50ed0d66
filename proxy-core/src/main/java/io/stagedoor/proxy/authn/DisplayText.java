package io.stagedoor.proxy.authn;

import java.util.Optional;

/** Decides which texts of a token may be shown to people: short, and of visible characters only. */
final class DisplayText {

    private static final int MAX_LENGTH = 256;

    private DisplayText() {}

    /** Returns the text if it can be shown without confusing a reader, a terminal or a log. */
    static Optional<String> of(String text) {
        boolean fit =
                !text.isBlank()
                        && text.length() <= MAX_LENGTH
                        && text.codePoints().allMatch(DisplayText::isVisible);
        return fit ? Optional.of(text) : Optional.empty();
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
