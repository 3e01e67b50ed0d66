package io.stagedoor.proxy.directory.synapse;

import java.nio.charset.StandardCharsets;

/** One segment of a request path (RFC 3986, section 3.3) made from a name. */
final class PathSegment {

    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private PathSegment() {}

    /**
     * Returns the name with every octet but the unreserved ones percent-encoded.
     *
     * @throws WorkspaceReadException if the name cannot be one segment: empty, {@code .}, {@code ..}
     *     or with a slash, which servers read differently even when encoded
     */
    static String encode(String name) throws WorkspaceReadException {
        if (!isOneSegment(name)) {
            throw new WorkspaceReadException("`" + name + "` cannot be part of a path");
        }
        StringBuilder encoded = new StringBuilder(name.length() + 16);
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            append(octet, encoded);
        }
        return encoded.toString();
    }

    /** Returns whether the name can be one segment. */
    static boolean isOneSegment(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }

    private static void append(byte octet, StringBuilder encoded) {
        if (octet > 0 && UNRESERVED.indexOf(octet) >= 0) {
            encoded.append((char) octet);
        } else {
            encoded.append('%')
                    .append(Character.toUpperCase(Character.forDigit((octet >> 4) & 0xF, 16)))
                    .append(Character.toUpperCase(Character.forDigit(octet & 0xF, 16)));
        }
    }
}
