package io.stagedoor.proxy.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** A client that sends exactly the octets it is given. */
public final class RawClient {

    private RawClient() {}

    /** Sends octets, one character each, and returns all that comes back until the end. */
    public static String exchange(SSLContext tls, int port, String request) throws IOException {
        try (Socket socket = tls.getSocketFactory().createSocket("localhost", port)) {
            return exchange(socket, request);
        }
    }

    /** Does the same without TLS. */
    public static String exchangePlain(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return exchange(socket, request);
        }
    }

    private static String exchange(Socket socket, String request) throws IOException {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
