package io.stagedoor.proxy.audit.print;

import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.RequestFacts;
import io.stagedoor.proxy.audit.fact.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Small pieces of text for people. */
final class Plain {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Plain() {}

    /** Gives a text in which nothing can move the cursor, colour the screen or turn the line. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        c -> {
                            if (isPrintable(c)) {
                                safe.appendCodePoint(c);
                            } else {
                                safe.append(String.format(Locale.ROOT, "\\u%04x", c));
                            }
                        });
        return safe.toString();
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    static String duration(Duration duration) {
        long micros = duration.toNanos() / 1000;
        if (micros < 1_000) {
            return micros + " us";
        }
        return micros < 10_000_000 ? micros / 1_000 + " ms" : micros / 1_000_000 + " s";
    }

    static String count(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    static String job(JobKey job) {
        String pool = job.pool().map(name -> " (pool " + name + ")").orElse("");
        return safe(job.kind() + " " + job.id() + pool);
    }

    static String operation(RequestFacts request) {
        return safe(request.operation().orElse(request.method() + " " + request.path()));
    }

    static String resource(RequestFacts request) {
        return safe(request.resource().map(ResourceKey::text).orElse(request.path()));
    }

    private static boolean isPrintable(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.UNASSIGNED
                && type != Character.PRIVATE_USE;
    }
}
