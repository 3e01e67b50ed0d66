package io.stagedoor.proxy.bench.peer;

import io.stagedoor.proxy.bench.client.Call;
import io.stagedoor.proxy.bench.client.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/** Asks once, on a connection of its own, without an opinion on the answer. */
public final class Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int STATUS_LINE = 12;

    private final SSLContext tls;

    /** Makes a probe that trusts what the context trusts. */
    public Probe(SSLContext tls) {
        this.tls = tls;
    }

    /** Returns the status of the answer, 0 if the connection was ended without one. */
    public int status(Wire wire, int port, Call call, String token) throws IOException {
        try (Socket socket = connect(wire, port)) {
            return ask(socket, call, token);
        }
    }

    /** Opens a connection, TLS unless the wire is plain. */
    public Socket connect(Wire wire, int port) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Socket socket = new Socket(loopback, port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return wire == Wire.PLAIN
                ? socket
                : tls.getSocketFactory().createSocket(socket, "localhost", port, true);
    }

    /** Asks on an open connection, which stays open, and returns the status. */
    public int ask(Socket socket, Call call, String token) throws IOException {
        String request =
                String.format(
                        Locale.ROOT,
                        """
                %s %s HTTP/1.1
                Host: bench.proxy.example
                Authorization: Bearer %s
                Content-Type: application/json
                Content-Length: %d

                """,
                        call.method(),
                        call.target(),
                        token,
                        call.body().length());
        String wire = request.replace("\n", "\r\n") + call.body();
        socket.getOutputStream().write(wire.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        String line = new String(in.readNBytes(STATUS_LINE), StandardCharsets.US_ASCII);
        return line.length() < STATUS_LINE ? 0 : Integer.parseInt(line.substring(9));
    }
}
