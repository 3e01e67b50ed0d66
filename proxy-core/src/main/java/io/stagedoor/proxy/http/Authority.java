package io.stagedoor.proxy.http;

import io.stagedoor.proxy.refusal.RefusedException;
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

    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");
    private static final int LONGEST_NAME = 253;

    /**
     * Reads the value of a Host field.
     *
     * @throws RefusedException {@code bad_request}
     */
    public static Authority parse(String text) throws RefusedException {
        int bracket = text.lastIndexOf(']');
        int colon = text.indexOf(':', bracket + 1);
        String host = asciiLowerCase(colon < 0 ? text : text.substring(0, colon));
        boolean known = host.startsWith("[") ? isIpv6(host) : isName(host);
        if (!known) {
            throw HeadRefusals.bad("the `Host` field does not hold a host name");
        }
        return new Authority(
                host, colon < 0 ? OptionalInt.empty() : port(text.substring(colon + 1)));
    }

    private static boolean isName(String host) {
        return host.length() <= LONGEST_NAME && NAME.matcher(host).matches();
    }

    private static boolean isIpv6(String host) {
        return IPV6.matcher(host).matches();
    }

    private static OptionalInt port(String digits) throws RefusedException {
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw HeadRefusals.bad("the `Host` field has a bad port");
        }
        return OptionalInt.of(port);
    }

    private static String asciiLowerCase(String text) {
        return text.toLowerCase(java.util.Locale.ROOT);
    }

    /** Returns host, and port if there is one, as they stand in a URL. */
    @Override
    public String toString() {
        return port.isPresent() ? host + ":" + port.getAsInt() : host;
    }
}
