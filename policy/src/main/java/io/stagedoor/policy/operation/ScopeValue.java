package io.stagedoor.policy.operation;

import java.util.Objects;

/**
 * What the caller found when it looked a {@link ScopeInput} up.
 *
 * <p>"Looked, and there is nothing" is a value of its own, so that a look-up that was forgotten can
 * never pass for one that found nothing.
 */
public sealed interface ScopeValue {

    /**
     * A string was found.
     *
     * @param text the string as it stands, unescaped once
     */
    record Text(String text) implements ScopeValue {
        /** Refuses null. */
        public Text {
            Objects.requireNonNull(text, "text");
        }

        /**
         * Returns whether the string is, or may hold, an expression, whose value is known only when
         * it runs: it starts with an at sign, or has one before an opening brace.
         */
        public boolean isExpression() {
            return text.startsWith("@") || text.contains("@{");
        }
    }

    /** Something other than a string stands there: an expression object, a number, a list. */
    record NotText() implements ScopeValue {}

    /** Nothing stands there: no such field (or JSON null), run, definition or assignment. */
    record Absent() implements ScopeValue {}

    /** Returns the value that says a string was found. */
    static ScopeValue text(String text) {
        return new Text(text);
    }

    /** Returns the value that says something other than a string was found. */
    static ScopeValue notText() {
        return new NotText();
    }

    /** Returns the value that says nothing was found. */
    static ScopeValue absent() {
        return new Absent();
    }
}
