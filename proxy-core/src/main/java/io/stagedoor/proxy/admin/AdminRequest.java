package io.stagedoor.proxy.admin;

import io.stagedoor.proxy.http.Fields;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One request to the operators' port, whole and within its bounds.
 *
 * @param method the method
 * @param path the raw path
 * @param query the raw query, empty if there is none
 * @param fields the header fields
 * @param body the body's octets; never changed
 * @param address where it came from
 * @param operator who asks; empty for resources that are open
 */
@SuppressWarnings("ArrayRecordComponent") // octets that are read, and never compared
public record AdminRequest(
        String method,
        String path,
        String query,
        Fields fields,
        byte[] body,
        String address,
        Optional<Operator> operator) {

    /** Returns the same request, from somebody who is known. */
    AdminRequest by(Operator known) {
        return new AdminRequest(method, path, query, fields, body, address, Optional.of(known));
    }

    /** Returns the body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns the value of a query parameter (as a form writes it). */
    public Optional<String> parameter(String name) throws AdminRefusal {
        return parameter(query, name);
    }

    /**
     * Returns the value of a parameter of the body, which must be a form.
     *
     * @throws AdminRefusal if it is there twice, or is no form
     */
    public Optional<String> formParameter(String name) throws AdminRefusal {
        String type = fields.first("Content-Type").orElse("");
        return type.startsWith("application/x-www-form-urlencoded")
                ? parameter(text(), name)
                : Optional.empty();
    }

    private static Optional<String> parameter(String pairs, String name) throws AdminRefusal {
        try {
            List<String> values =
                    Arrays.stream(pairs.split("&", -1))
                            .map(pair -> pair.split("=", 2))
                            .filter(pair -> decoded(pair[0]).equals(name))
                            .map(pair -> pair.length == 2 ? decoded(pair[1]) : "")
                            .toList();
            if (values.size() > 1) {
                throw new IllegalArgumentException("given twice");
            }
            return values.stream().findFirst();
        } catch (IllegalArgumentException malformed) {
            throw AdminRefusal.of(400, "bad_request", "the parameters are malformed");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Shows method and path, and nothing that may be a secret. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
