package io.stagedoor.proxy.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The opening handshake of a WebSocket, which is all that the proxy reads of one (RFC 6455, sections
 * 4.1 and 4.2). Stateless.
 */
final class WebSocketOpening {

    /** RFC 6455, section 1.3. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** 16 octets in base64; the last digit before the padding holds two bits. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");

    private WebSocketOpening() {}

    /**
     * Returns whether a request is a complete opening (section 4.2.1): a GET without a body that
     * asks for {@code websocket} and nothing else, in version 13, with a key of 16 octets.
     */
    static boolean isAskedFor(String method, Fields fields) {
        return method.equals("GET")
                && Framing.of(fields) instanceof Framing.None
                && !fields.has("content-length")
                && !fields.has("expect")
                && only(fields, "upgrade").filter("websocket"::equalsIgnoreCase).isPresent()
                && HopByHop.nominations(fields.all("connection")).contains("upgrade")
                && only(fields, "sec-websocket-version").filter("13"::equals).isPresent()
                && key(fields).isPresent();
    }

    /**
     * Returns whether a response opens the WebSocket that a request asked for (section 4.1, of the
     * server's handshake): its Sec-WebSocket-Accept is proof that it is no cached or chance answer.
     */
    static boolean isGranted(Fields request, Fields response) {
        Optional<String> proof = key(request).map(WebSocketOpening::acceptOf);
        return only(response, "upgrade").filter("websocket"::equalsIgnoreCase).isPresent()
                && HopByHop.nominations(response.all("connection")).contains("upgrade")
                && proof.isPresent()
                && only(response, "sec-websocket-accept").equals(proof);
    }

    private static Optional<String> key(Fields fields) {
        return only(fields, "sec-websocket-key").filter(key -> KEY.matcher(key).matches());
    }

    private static Optional<String> only(Fields fields, String name) {
        List<String> values = fields.all(name);
        return values.size() == 1 ? Optional.of(values.getFirst().strip()) : Optional.empty();
    }

    private static String acceptOf(String key) {
        byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
