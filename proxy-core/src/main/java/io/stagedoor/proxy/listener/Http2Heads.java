package io.stagedoor.proxy.listener;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.stagedoor.proxy.http.FieldHeaders;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts heads of HTTP/2 into the form of HTTP/1.1 and back, without judging them: every head goes
 * through the same gate afterwards, whatever protocol it came by.
 *
 * <p>{@code :authority} becomes the Host field. A Host field beside it that says anything else stays
 * too, and the gate refuses two. The codec has refused before what RFC 9113 section 8.2 calls
 * malformed: upper-case names, connection-specific fields, any {@code TE} but {@code trailers}.
 */
final class Http2Heads {

    private static final String HOST = "host";
    private static final HttpMethod NO_METHOD = HttpMethod.valueOf("NONE");
    private static final CharSequence PROTOCOL = AsciiString.of(":protocol");

    /** Fields of HTTP/1.1 connections, which HTTP/2 must not carry (RFC 9113 section 8.2.2). */
    private static final Set<String> OF_CONNECTION =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private Http2Heads() {}

    /**
     * Makes a request of its HTTP/2 fields; its decoder result tells if they were malformed.
     *
     * @param bodiless whether nothing follows the head
     */
    static HttpRequest toRequest(Http2Headers from, boolean bodiless) {
        Optional<HttpMethod> method = methodOf(text(from.method(), ""));
        HttpRequest request =
                new DefaultHttpRequest(
                        HttpVersion.HTTP_1_1,
                        method.orElse(NO_METHOD),
                        text(from.path(), "/"),
                        new FieldHeaders(),
                        false);
        String authority = text(from.authority(), "");
        if (!authority.isEmpty()) {
            request.headers().add(HOST, authority);
        }
        copyFields(from, authority, request.headers());
        if (!bodiless && !request.headers().contains("content-length")) {
            request.headers().add("transfer-encoding", "chunked");
        }
        if (method.isEmpty() || isMalformed(from)) {
            request.setDecoderResult(
                    DecoderResult.failure(
                            new IllegalArgumentException("the pseudo-header fields are wrong")));
        }
        return request;
    }

    private static Optional<HttpMethod> methodOf(String name) {
        try {
            return Optional.of(HttpMethod.valueOf(name));
        } catch (IllegalArgumentException noToken) {
            return Optional.empty();
        }
    }

    /** RFC 9113 section 8.3.1; the proxy offers no extended CONNECT (RFC 8441). */
    private static boolean isMalformed(Http2Headers from) {
        boolean complete = from.scheme() != null && from.path() != null && from.path().length() > 0;
        return !complete
                || !AsciiString.contentEquals("https", from.scheme())
                || from.contains(PROTOCOL);
    }

    private static void copyFields(Http2Headers from, String authority, HttpHeaders to) {
        for (Map.Entry<CharSequence, CharSequence> field : from) {
            String name = field.getKey().toString();
            String value = field.getValue().toString();
            boolean repeatsAuthority = name.equals(HOST) && value.equals(authority);
            if (!name.startsWith(":") && !repeatsAuthority) {
                to.add(name, value);
            }
        }
    }

    private static String text(@Nullable CharSequence value, String otherwise) {
        return value == null ? otherwise : value.toString();
    }

    /** Makes the HTTP/2 fields of a response. */
    static Http2Headers fromResponse(HttpResponse from) {
        Http2Headers to = new DefaultHttp2Headers(false, from.headers().size() + 1);
        to.status(from.status().codeAsText());
        Iterator<Map.Entry<CharSequence, CharSequence>> fields =
                from.headers().iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            String name = field.getKey().toString().toLowerCase(Locale.ROOT);
            if (!OF_CONNECTION.contains(name)) {
                to.add(AsciiString.of(name), field.getValue());
            }
        }
        return to;
    }
}
