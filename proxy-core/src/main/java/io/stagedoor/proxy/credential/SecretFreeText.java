package io.stagedoor.proxy.credential;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns what a library or service said into one short line without secrets, fit for logs and
 * health views.
 */
final class SecretFreeText {

    private static final int LONGEST = 400;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+");
    private static final Pattern TOKEN =
            Pattern.compile("eyJ[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*){0,4}");

    private SecretFreeText() {}

    /** Returns the message of a failure without the given secret and without anything token-like. */
    static String of(Throwable failure, Optional<String> secret) {
        String said = Optional.ofNullable(failure.getMessage()).orElse("no message");
        String masked =
                secret.filter(s -> !s.isEmpty()).map(s -> said.replace(s, "****")).orElse(said);
        String line = CONTROL.matcher(TOKEN.matcher(masked).replaceAll("****")).replaceAll(" ");
        String trimmed = line.strip();
        return trimmed.length() <= LONGEST ? trimmed : trimmed.substring(0, LONGEST) + "...";
    }
}
