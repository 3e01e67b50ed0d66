package io.stagedoor.proxy.http;

import java.nio.charset.StandardCharsets;

/**
 * A whole response that the proxy itself gives.
 *
 * @param status the status code
 * @param fields the fields, Content-Type and Content-Length included
 * @param body the body's text, sent as UTF-8
 */
public record Answer(int status, Fields fields, String body) {

    /** Returns the body's octets. */
    public byte[] octets() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** Makes an answer with a JSON body; further fields follow those that describe it. */
    static Answer json(int status, String body, Fields further) {
        return of(status, "application/json; charset=utf-8", body, further);
    }

    /** Makes an answer with a body of a media type. */
    static Answer of(int status, String mediaType, String body, Fields further) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        Fields.Builder fields =
                Fields.builder()
                        .add("Content-Type", mediaType)
                        .add("Content-Length", Integer.toString(length))
                        .add("Cache-Control", "no-store")
                        .add("X-Content-Type-Options", "nosniff");
        return new Answer(status, fields.addAll(further).build(), body);
    }
}
