package io.stagedoor.policy.operation;

import java.util.Optional;

/**
 * What a path segment must look like to stand in the place of a placeholder. Where several forms
 * stand at one place the first here is tried first.
 */
public enum SegmentForm {
    /** A version number, {@code 3.27}: two numbers of one to three digits with a dot between. */
    VERSION("version") {
        @Override
        public boolean accepts(String segment) {
            int dot = segment.indexOf('.');
            return isNumber(segment, 0, dot) && isNumber(segment, dot + 1, segment.length());
        }
    },
    /** Any name. */
    NAME("") {
        @Override
        public boolean accepts(String segment) {
            return true;
        }
    };

    private static final int MOST_DIGITS = 3;

    private final String text;

    SegmentForm(String text) {
        this.text = text;
    }

    /** Returns whether the segment, which is not empty, has this form. */
    public abstract boolean accepts(String segment);

    /** Returns the form of that name, if there is one; the empty text is the name of any name. */
    static Optional<SegmentForm> find(String text) {
        for (SegmentForm form : values()) {
            if (form.text.equals(text)) {
                return Optional.of(form);
            }
        }
        return Optional.empty();
    }

    /** Returns the form's name in a template; empty for any name. */
    String text() {
        return text;
    }

    private static boolean isNumber(String text, int from, int to) {
        if (to <= from || to - from > MOST_DIGITS) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
