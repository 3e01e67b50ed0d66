package io.stagedoor.proxy.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP/2 client that sends exactly the frames it is told to, right or wrong, and shows the frames
 * that come back.
 *
 * <p>Heads are written as HPACK literals without indexing, so that any octet can stand in them.
 */
public final class Http2RawClient implements AutoCloseable {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int END_STREAM = 1;
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;

    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SSLSocket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private final List<Frame> seen = new ArrayList<>();

    /** One frame that came back. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Frame(int type, int flags, int stream, byte[] payload, Map<String, String> head) {

        public boolean is(int wanted) {
            return type == wanted;
        }

        public boolean endsStream() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }

        public boolean isAck() {
            return (flags & ACK) != 0;
        }

        /** Returns the status of a response head. */
        public int status() {
            return Integer.parseInt(head.get(":status"));
        }

        /** Returns the error code of a RST_STREAM or GOAWAY. */
        public int error() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }

        /** Returns the last stream that a GOAWAY names. */
        public int lastStream() {
            return ByteBuffer.wrap(payload).getInt(0);
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private Http2RawClient(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Connects, agrees on h2 and sends preface and settings. */
    public static Http2RawClient connect(SSLContext tls, int port) throws IOException {
        Http2RawClient client = silent(tls, port);
        client.write(PREFACE);
        client.send(SETTINGS, 0, 0, new byte[0]);
        return client;
    }

    /** Connects and agrees on h2, and says nothing. */
    public static Http2RawClient silent(SSLContext tls, int port) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        if (!socket.getApplicationProtocol().equals("h2")) {
            throw new IOException("agreed on `" + socket.getApplicationProtocol() + "`");
        }
        return new Http2RawClient(socket);
    }

    public void write(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    /** Sends one frame. */
    public void send(int type, int flags, int stream, byte[] payload) throws IOException {
        write(frame(type, flags, stream, payload));
    }

    /** Makes the octets of a frame, to be sent with others in one write. */
    public static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        return frame.array();
    }

    /** Makes a head of names and values in turn. */
    public static byte[] head(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            literal(block, namesAndValues[i]);
            literal(block, namesAndValues[i + 1]);
        }
        return block.toByteArray();
    }

    /** Makes the head of a request that the proxy serves. */
    public static byte[] request(String method, String path, String... further) {
        byte[] usual =
                head(
                        ":method",
                        method,
                        ":scheme",
                        "https",
                        ":path",
                        path,
                        ":authority",
                        "localhost");
        byte[] rest = head(further);
        byte[] all = new byte[usual.length + rest.length];
        System.arraycopy(usual, 0, all, 0, usual.length);
        System.arraycopy(rest, 0, all, usual.length, rest.length);
        return all;
    }

    private static void literal(ByteArrayOutputStream block, String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        int rest = octets.length;
        if (rest < 127) {
            block.write(rest);
        } else {
            block.write(127);
            rest -= 127;
            while (rest >= 128) {
                block.write(rest % 128 + 128);
                rest /= 128;
            }
            block.write(rest);
        }
        block.writeBytes(octets);
    }

    /** Gives the proxy room to send: on a stream, or on the connection as stream 0. */
    public void widen(int stream, int octets) throws IOException {
        send(WINDOW_UPDATE, 0, stream, octets(octets));
    }

    public static byte[] octets(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    /** Reads the next frame; nothing if the connection has ended. Settings are acknowledged. */
    public Optional<Frame> next() throws IOException {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt() & Integer.MAX_VALUE;
            byte[] payload = in.readNBytes(length);
            Frame frame = new Frame(type, flags, stream, payload, headOf(type, stream, payload));
            seen.add(frame);
            if (frame.is(SETTINGS) && !frame.isAck()) {
                send(SETTINGS, ACK, 0, new byte[0]);
            }
            return Optional.of(frame);
        } catch (EOFException | SocketException | SSLException ended) {
            return Optional.empty();
        }
    }

    private Map<String, String> headOf(int type, int stream, byte[] payload) throws IOException {
        Map<String, String> head = new LinkedHashMap<>();
        if (type == HEADERS) {
            ByteBuf block = Unpooled.wrappedBuffer(payload);
            try {
                Http2Headers decoded = decoder.decodeHeaders(stream, block);
                decoded.forEach(
                        field -> head.put(field.getKey().toString(), field.getValue().toString()));
            } catch (Http2Exception malformed) {
                throw new IOException(malformed);
            }
        }
        return head;
    }

    /** Reads until a frame fits. */
    public Frame await(Predicate<Frame> wanted) throws IOException {
        Optional<Frame> frame = next();
        while (frame.isPresent()) {
            if (wanted.test(frame.get())) {
                return frame.get();
            }
            frame = next();
        }
        throw new IOException("the connection ended after " + shown());
    }

    /** Reads to the end of the connection and returns all that was ever seen. */
    public List<Frame> awaitEnd() throws IOException {
        Optional<Frame> frame = next();
        while (frame.isPresent()) {
            frame = next();
        }
        return List.copyOf(seen);
    }

    public List<Frame> seen() {
        return List.copyOf(seen);
    }

    private String shown() {
        return seen.stream().map(each -> each.type() + "/" + each.stream()).toList().toString();
    }

    @Override
    public void close() throws IOException {
        socket.setSoTimeout(500);
        socket.close();
    }
}
