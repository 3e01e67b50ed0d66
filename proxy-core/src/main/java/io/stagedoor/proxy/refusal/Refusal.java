package io.stagedoor.proxy.refusal;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One expected "no": why a request is not served.
 *
 * <p>Neither text ever holds token octets, secrets or upstream hosts. The sentence goes to the audit
 * record; whether a client sees it too depends on the code (for {@link Code#isTokenFault()} it does
 * not).
 *
 * @param code the stable code
 * @param sentence what was wrong, in lower case and without a full stop, with outside values in
 *     backticks
 * @param help what the reader can do next, when there is something
 * @param retryAfter how long to wait before trying again, when that is known exactly
 * @param demand what the next token must be like, when the client could do something about it
 */
public record Refusal(
        Code code,
        String sentence,
        Optional<String> help,
        Optional<Duration> retryAfter,
        Optional<Demand> demand) {

    /** Checks that all parts are there. */
    public Refusal {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(sentence, "sentence");
        Objects.requireNonNull(help, "help");
        Objects.requireNonNull(retryAfter, "retryAfter");
        Objects.requireNonNull(demand, "demand");
    }

    /** Returns a refusal without a help line. */
    public static Refusal of(Code code, String sentence) {
        return new Refusal(code, sentence, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns a refusal with a help line. */
    public static Refusal of(Code code, String sentence, String help) {
        return new Refusal(code, sentence, Optional.of(help), Optional.empty(), Optional.empty());
    }

    /** Returns the same refusal, with the time after which it is worth trying again. */
    public Refusal after(Duration time) {
        return new Refusal(code, sentence, help, Optional.of(time), demand);
    }

    /** Returns the same refusal, with what the next token must be like. */
    public Refusal demanding(Demand next) {
        return new Refusal(code, sentence, help, retryAfter, Optional.of(next));
    }

    /** Returns {@code code: sentence}. */
    @Override
    public String toString() {
        return code.text() + ": " + sentence;
    }
}
