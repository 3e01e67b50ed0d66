package io.stagedoor.proxy.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * One request as {@link StrictReader} read it off the wire.
 *
 * @param method as sent
 * @param target as sent, one character an octet
 * @param fields names and values in their order, one character an octet
 * @param body the octets of the body, without any chunk framing
 * @param whole whether it came to its end; else {@code body} is what came before the stream broke off
 */
@SuppressWarnings("ArrayRecordComponent") // a value of tests, compared by its octets
public record WireRequest(
        String method, String target, List<Field> fields, byte[] body, boolean whole) {

    /**
     * A header field.
     *
     * @param name as sent
     * @param value without the white space around it
     */
    public record Field(String name, String value) {}

    public WireRequest {
        fields = List.copyOf(fields);
    }

    /** Gives the request line as the test tables write it. */
    public String line() {
        return method + " " + target + " HTTP/1.1";
    }

    /** Gives all values of a field, whatever the case of its name. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** Gives the only value of a field; fails if there is none or more than one. */
    public String only(String name) {
        List<String> values = all(name);
        if (values.size() != 1) {
            throw new AssertionError(line() + " has " + values.size() + " fields `" + name + "`");
        }
        return values.getFirst();
    }

    /** Says method, target and body: what must never differ between two readers. */
    public String meaning() {
        return line() + " " + HexFormat.of().formatHex(body);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WireRequest that
                && line().equals(that.line())
                && fields.equals(that.fields)
                && Arrays.equals(body, that.body)
                && whole == that.whole;
    }

    @Override
    public int hashCode() {
        return line().hashCode() * 31 + Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return line() + " " + fields + " " + new String(body, StandardCharsets.ISO_8859_1);
    }
}
