package io.stagedoor.proxy.admin.login;

import io.stagedoor.proxy.http.Fields;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The two cookies of the pages (RFC 6265bis): {@code __Host-} binds them to this very host over HTTPS,
 * no script reads them, and no other site's form sends them.
 */
final class Cookies {

    static final String SESSION = "__Host-stagedoor";
    static final String SIGNING_IN = "__Host-stagedoor-login";

    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

    private Cookies() {}

    /** Returns the value of a cookie, if it is there exactly once. */
    static Optional<String> read(Fields fields, String name) {
        List<String> values =
                fields.all("Cookie").stream()
                        .flatMap(field -> Arrays.stream(field.split(";", -1)))
                        .map(String::strip)
                        .filter(pair -> pair.startsWith(name + "="))
                        .map(pair -> pair.substring(name.length() + 1))
                        .toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** Returns the field that sets a cookie until the browser ends. */
    static String set(String name, String value) {
        return name + "=" + value + ATTRIBUTES;
    }

    /** Returns the field that sets a cookie for a while. */
    static String set(String name, String value, Duration life) {
        return set(name, value) + "; Max-Age=" + life.toSeconds();
    }

    /** Returns the field that takes a cookie away. */
    static String clear(String name) {
        return set(name, "", Duration.ZERO);
    }
}
