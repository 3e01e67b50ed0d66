package io.stagedoor.proxy.upstream;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the head of a response again, behind Netty's decoder: where a response ends must be beyond
 * doubt, or the next one on the connection could be another client's (RFC 9112, sections 6.3, 11.1
 * and 11.2).
 *
 * <p>Stateless.
 */
final class ResponseGate {

    private static final int LONGEST_LENGTH = 18;

    private ResponseGate() {}

    /** Returns what is wrong with a head, if anything is. */
    static Optional<String> fault(HttpResponse head) {
        int status = head.status().code();
        if (!isServed(head.protocolVersion())) {
            return Optional.of("its protocol version is neither HTTP/1.0 nor HTTP/1.1");
        }
        if (status < 100 || status > 599) {
            return Optional.of("its status is not between 100 and 599");
        }
        if (isOld(head) && head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return Optional.of("it has a Transfer-Encoding in HTTP/1.0");
        }
        Optional<String> framing = framingFault(head.headers(), status);
        return framing.isPresent() ? framing : fieldFault(head.headers());
    }

    private static boolean isServed(HttpVersion version) {
        return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
    }

    private static boolean isOld(HttpResponse head) {
        return head.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }

    private static Optional<String> framingFault(HttpHeaders fields, int status) {
        List<String> lengths = fields.getAll(HttpHeaderNames.CONTENT_LENGTH);
        List<String> codings = fields.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (lengths.isEmpty() && codings.isEmpty()) {
            return Optional.empty();
        }
        if (!lengths.isEmpty() && !codings.isEmpty()) {
            return Optional.of("it has both Content-Length and Transfer-Encoding");
        }
        if (lengths.size() > 1 || codings.size() > 1) {
            return Optional.of("it says more than once how its body is framed");
        }
        return codings.isEmpty()
                ? lengthFault(lengths.getFirst())
                : codingFault(codings.getFirst(), status);
    }

    private static Optional<String> lengthFault(String length) {
        boolean digits = !length.isEmpty() && length.length() <= LONGEST_LENGTH;
        for (int i = 0; i < length.length() && digits; i++) {
            digits = length.charAt(i) >= '0' && length.charAt(i) <= '9';
        }
        return digits ? Optional.empty() : Optional.of("its Content-Length is not a number");
    }

    /** Netty takes the field away from a head that it looks at here. */
    static boolean isCodedWithoutBody(HttpMessage message) {
        return message instanceof HttpResponse head
                && head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                && codingFault("chunked", head.status().code()).isPresent();
    }

    /** RFC 9112, section 6.1: no Transfer-Encoding in a response that has no body. */
    private static Optional<String> codingFault(String coding, int status) {
        if (!coding.equalsIgnoreCase("chunked")) {
            return Optional.of("its Transfer-Encoding is not `chunked` alone");
        }
        return status < 200 || status == 204
                ? Optional.of("it has a Transfer-Encoding, but no body")
                : Optional.empty();
    }

    private static Optional<String> fieldFault(HttpHeaders fields) {
        Iterator<Map.Entry<CharSequence, CharSequence>> each = fields.iteratorCharSequence();
        while (each.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = each.next();
            if (!isToken(field.getKey())) {
                return Optional.of("a field name is not a token");
            }
            if (!isPlain(field.getValue())) {
                return Optional.of("a field value holds a control character");
            }
        }
        return Optional.empty();
    }

    /** RFC 9110, section 5.6.2. */
    private static boolean isToken(CharSequence name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return name.length() > 0;
    }

    /** RFC 9110, section 5.5: visible characters, spaces and tabs; octets above ASCII are opaque. */
    private static boolean isPlain(CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }
}
