package io.stagedoor.proxy.cli.oauth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parameters in the form of {@code application/x-www-form-urlencoded}. Not safe for threads. */
final class Form {
    private final List<String> pairs = new ArrayList<>();

    Form with(String name, String value) {
        pairs.add(encoded(name) + "=" + encoded(value));
        return this;
    }

    Form with(String name, Optional<String> value) {
        value.ifPresent(present -> with(name, present));
        return this;
    }

    String text() {
        return String.join("&", pairs);
    }

    /** Gives the address with these parameters after its own (RFC 6749, section 3.1). */
    URI appendedTo(URI address) {
        String separator = address.getRawQuery() == null ? "?" : "&";
        return URI.create(address + separator + text());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
