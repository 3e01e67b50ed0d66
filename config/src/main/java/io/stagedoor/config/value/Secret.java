package io.stagedoor.config.value;

/**
 * A secret in memory. It masks itself when printed, is equal to nothing but itself, and gives its
 * text only to who asks for it by {@link #reveal}.
 */
public final class Secret {

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /**
     * Makes a secret.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public static Secret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a secret is not empty");
        }
        return new Secret(text);
    }

    /** Returns the text. Never keep, log or put it into an exception. */
    public String reveal() {
        return text;
    }

    /** Returns a mask, of the same length for every secret. */
    @Override
    public String toString() {
        return "Secret[masked]";
    }
}
