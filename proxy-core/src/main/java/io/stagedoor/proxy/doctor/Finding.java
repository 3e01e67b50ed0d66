package io.stagedoor.proxy.doctor;

import java.util.Optional;

/**
 * What a check found out about one thing.
 *
 * @param level how bad it is
 * @param subject what was looked at, such as {@code issuer entra}
 * @param sentence how it is; never with a secret in it
 * @param help what to do about it
 */
public record Finding(Level level, String subject, String sentence, Optional<String> help) {

    /** How bad a finding is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** It works, and somebody should know. */
        WARN,
        /** It does not work, by what it says. */
        FAIL,
        /** It does not work, since nobody answers. */
        UNREACHABLE
    }

    /** Makes a finding that all is well. */
    public static Finding ok(String subject, String sentence) {
        return new Finding(Level.OK, subject, sentence, Optional.empty());
    }

    /** Makes a finding that somebody should know of. */
    public static Finding warn(String subject, String sentence, String help) {
        return new Finding(Level.WARN, subject, sentence, Optional.of(help));
    }

    /** Makes a finding that something does not work. */
    public static Finding fail(String subject, String sentence, String help) {
        return new Finding(Level.FAIL, subject, sentence, Optional.of(help));
    }

    /** Makes a finding that nobody answers. */
    public static Finding unreachable(String subject, String sentence, String help) {
        return new Finding(Level.UNREACHABLE, subject, sentence, Optional.of(help));
    }
}
