package io.stagedoor.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Iterator;
import java.util.Map;

/**
 * Converts heads from and to Netty: the only class here that a stage package never touches.
 *
 * <p>Values are copied as characters of one octet each, so what was checked is what is written.
 */
public final class NettyHeads {

    private NettyHeads() {}

    /**
     * Checks the head of a decoded request.
     *
     * @throws RefusedException {@code bad_request} or {@code ambiguous_target}
     */
    public static RequestHead from(HttpRequest request) throws RefusedException {
        if (request.decoderResult().isFailure()) {
            throw HeadRefusals.bad("the request is not well-formed HTTP");
        }
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            throw HeadRefusals.bad("the only protocol version served is HTTP/1.1");
        }
        return RequestHead.parse(
                request.method().name(), request.uri(), fieldsOf(request.headers()));
    }

    /** Reads the head of a decoded response. */
    public static ResponseHead from(HttpResponse response) {
        return new ResponseHead(response.status().code(), fieldsOf(response.headers()));
    }

    /** Copies header fields in their order. */
    public static Fields fieldsOf(HttpHeaders headers) {
        if (headers instanceof FieldHeaders list) {
            return list.toFields();
        }
        Fields.Builder fields = Fields.builder();
        Iterator<Map.Entry<CharSequence, CharSequence>> entries = headers.iteratorCharSequence();
        while (entries.hasNext()) {
            Map.Entry<CharSequence, CharSequence> entry = entries.next();
            fields.add(entry.getKey().toString(), entry.getValue().toString());
        }
        return fields.build();
    }

    /** Makes the request head to write upstream. */
    public static HttpRequest toNetty(UpstreamHead head) {
        HttpRequest request =
                new DefaultHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.valueOf(head.method()),
                        head.target(),
                        new FieldHeaders(head.fields()));
        switch (head.framing()) {
            case Framing.None() -> {
                // a request without both fields has no body
            }
            case Framing.Length(long octets) ->
                    request.headers().set("Content-Length", Long.toString(octets));
            case Framing.Chunked() -> request.headers().set("Transfer-Encoding", "chunked");
        }
        return request;
    }

    /**
     * Makes the response head to write to the client. A response without Content-Length that may
     * have a body is given {@code Transfer-Encoding: chunked}.
     *
     * @param bodiless whether the response has no body whatever it says: to HEAD, 204 or 304
     */
    public static HttpResponse toNetty(ResponseHead head, boolean bodiless) {
        HttpResponse response =
                new DefaultHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(head.status()),
                        new FieldHeaders(head.fields()));
        if (!bodiless && !head.fields().has("content-length")) {
            response.headers().set("Transfer-Encoding", "chunked");
        }
        return response;
    }

    /** Makes a whole response of an upstream's answer that was held; the caller owns its content. */
    public static FullHttpResponse toNetty(ResponseHead head, byte[] body) {
        return whole(head.status(), Unpooled.wrappedBuffer(body), head.fields());
    }

    /**
     * Makes a whole response; the caller owns its content.
     *
     * @param bodiless whether to leave the body out, as in an answer to HEAD
     */
    public static FullHttpResponse toNetty(Answer answer, boolean bodiless) {
        ByteBuf body = bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.octets());
        return whole(answer.status(), body, answer.fields());
    }

    private static FullHttpResponse whole(int status, ByteBuf body, Fields fields) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                body,
                new FieldHeaders(fields),
                EmptyHttpHeaders.INSTANCE);
    }
}
