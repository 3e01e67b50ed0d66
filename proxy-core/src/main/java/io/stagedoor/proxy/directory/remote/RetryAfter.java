package io.stagedoor.proxy.directory.remote;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long a server asks to be left alone: {@code Retry-After} in seconds or as a date (RFC 9110,
 * section 10.2.3), Azure's {@code retry-after-ms} and {@code x-ms-retry-after-ms}, or Okta's {@code
 * x-rate-limit-reset}, a time in seconds since 1970.
 */
public final class RetryAfter {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private static final Pattern SECONDS_SINCE_1970 = Pattern.compile("[0-9]{9,11}");

    private RetryAfter() {}

    /** Returns the wait that the fields ask for; empty if they ask for none or are not readable. */
    public static Optional<Duration> of(HttpHeaders fields, Instant now) {
        return milliseconds(fields, "retry-after-ms")
                .or(() -> milliseconds(fields, "x-ms-retry-after-ms"))
                .or(() -> fields.firstValue("retry-after").flatMap(text -> standard(text, now)))
                .or(() -> reset(fields, now))
                .filter(Duration::isPositive);
    }

    private static Optional<Duration> milliseconds(HttpHeaders fields, String name) {
        return fields.firstValue(name)
                .map(String::strip)
                .filter(text -> DIGITS.matcher(text).matches())
                .map(text -> Duration.ofMillis(Long.parseLong(text)));
    }

    private static Optional<Duration> reset(HttpHeaders fields, Instant now) {
        return fields.firstValue("x-rate-limit-reset")
                .map(String::strip)
                .filter(text -> SECONDS_SINCE_1970.matcher(text).matches())
                .map(text -> Duration.between(now, Instant.ofEpochSecond(Long.parseLong(text))));
    }

    private static Optional<Duration> standard(String text, Instant now) {
        String value = text.strip();
        if (DIGITS.matcher(value).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(now, date.toInstant()));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
