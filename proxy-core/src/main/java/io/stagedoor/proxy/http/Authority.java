package io.stagedoor.proxy.http;

import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The host and port a client asked for, in the one spelling that routing compares.
 *
 * <p>The host is in lower case; an IPv6 address keeps its brackets. Refused rather than repaired: an
 * empty host, user information, a trailing dot, an empty or bad port, and every character that is
 * not a letter, digit, hyphen or dot (RFC 9110 section 7.2, RFC 3986 section 3.2.2).
 *
 * @param host the host without its port
 * @param port the port as given; empty if none was
 */
public record Authority(String host, OptionalInt port) {

    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}]");
    private static final int LONGEST_NAME = 253;

    /**
     * Reads the value of a Host field.
     *
     * @throws RefusedException {@code bad_request}
     */
    public static Authority parse(String text) throws RefusedException {
        int bracket = text.lastIndexOf(']');
        int colon = text.indexOf(':', bracket + 1);
        String host = colon < 0 ? text : text.substring(0, colon);
        boolean known = host.startsWith("[") ? IPV6.matcher(host).matches() : isName(host);
        if (!known) {
            throw HeadRefusals.bad("the `Host` field does not hold a host name");
        }
        return new Authority(
                host.toLowerCase(Locale.ROOT),
                colon < 0 ? OptionalInt.empty() : port(text.substring(colon + 1)));
    }

    /** Looks at the characters before their case is folded: a Kelvin sign folds to a letter. */
    private static boolean isName(String host) {
        char before = '.';
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean fits =
                    switch (c) {
                        case '.' -> before != '.' && before != '-';
                        case '-' -> before != '.';
                        default -> c < 128 && Character.isLetterOrDigit(c);
                    };
            if (!fits) {
                return false;
            }
            before = c;
        }
        return before != '.' && before != '-' && host.length() <= LONGEST_NAME;
    }

    private static OptionalInt port(String digits) throws RefusedException {
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw HeadRefusals.bad("the `Host` field has a bad port");
        }
        return OptionalInt.of(port);
    }

    /** Returns host, and port if there is one, as they stand in a URL. */
    @Override
    public String toString() {
        return port.isPresent() ? host + ":" + port.getAsInt() : host;
    }
}
