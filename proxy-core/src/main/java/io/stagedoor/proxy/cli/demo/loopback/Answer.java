package io.stagedoor.proxy.cli.demo.loopback;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP answer: status, fields and a text body (RFC 9110).
 *
 * <p>A body is framed by {@code Content-Length}, or in chunks when the fields say {@code
 * Transfer-Encoding: chunked}.
 *
 * @param fields field names as they shall appear, in order; one value a name
 * @param body sent as UTF-8; empty for no body
 */
public record Answer(int status, Map<String, String> fields, String body) implements Reply {
    public Answer {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("`" + status + "` is not a final status");
        }
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** An answer without a body. */
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), "");
    }

    /** An answer whose body is JSON. */
    public static Answer json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json; charset=utf-8"), body);
    }

    /** This answer with one field added or replaced. */
    public Answer with(String name, String value) {
        Map<String, String> extended = new LinkedHashMap<>(fields);
        extended.put(name, value);
        return new Answer(status, extended, body);
    }

    byte[] bodyBytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    boolean isChunked() {
        return "chunked".equalsIgnoreCase(fields.get("Transfer-Encoding"));
    }
}
