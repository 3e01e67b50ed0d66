package io.stagedoor.proxy.testing;

import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An upstream that notes every octet it is sent, reads them strictly, answers each request and never
 * closes a connection of its own accord.
 *
 * <p>What is not exactly one request after another is a fault; a test that uses it asserts that there
 * are none.
 */
public final class RecordingOrigin implements AutoCloseable {

    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 48\r\n\r\n"
                    + "{\"runId\":\"44444444-4444-4444-4444-444444444444\"}";

    /** The id of the Tableau site that it is to whoever signs in. */
    public static final String SITE = "5a9d1f60-0000-4000-8000-0000000000d1";

    private static final String SIGNED_IN =
            "{\"credentials\":{\"token\":\"session-of-the-proxy\",\"site\":{\"id\":\""
                    + SITE
                    + "\",\"contentUrl\":\"s1\"},\"user\":{\"id\":\""
                    + SITE
                    + "\"}}}";

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Queue<WireRequest> requests = new ConcurrentLinkedQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicLong octets = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();

    private RecordingOrigin(ServerSocket server) {
        this.server = server;
    }

    /** Starts an origin on a free loopback port. */
    public static RecordingOrigin start(ServerIdentity identity) {
        try {
            RecordingOrigin origin =
                    new RecordingOrigin(
                            identity.serverContext()
                                    .getServerSocketFactory()
                                    .createServerSocket(0, 128, InetAddress.getLoopbackAddress()));
            origin.threads.execute(origin::accept);
            return origin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the port it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** Gives all requests so far, in the order of their ends. */
    public List<WireRequest> requests() {
        return List.copyOf(requests);
    }

    /** Gives the requests that the proxy forwarded under a decision id. */
    public List<WireRequest> requests(String decision) {
        return requests.stream()
                .filter(one -> one.all("X-Stagedoor-Decision-Id").contains(decision))
                .toList();
    }

    /** Gives what was sent that is no request. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** Gives the number of octets received so far, inside TLS. */
    public long octets() {
        return octets.get();
    }

    /** Gives the number of connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        quietly(server::close);
        open.forEach(socket -> quietly(socket::close));
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException _) {
            open.forEach(socket -> quietly(socket::close));
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            StrictReader reader =
                    StrictReader.ofProxy(
                            new BufferedInputStream(new Counting(socket.getInputStream())));
            for (Optional<WireRequest> one = reader.next(); one.isPresent(); one = reader.next()) {
                requests.add(one.get());
                out.write(answerTo(one.get()).getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        } catch (StrictReader.Malformed e) {
            faults.add(e.getMessage());
        } catch (IOException _) {
            // the proxy may end its connections as it likes
        } finally {
            open.remove(socket);
        }
    }

    private static String answerTo(WireRequest request) {
        return request.target().endsWith("/auth/signin")
                ? "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                        + SIGNED_IN.length()
                        + "\r\n\r\n"
                        + SIGNED_IN
                : ANSWER;
    }

    private interface Closing {
        void close() throws IOException;
    }

    private static void quietly(Closing closing) {
        try {
            closing.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts what is read; a connection that is reset ends like one that is closed. */
    private final class Counting extends FilterInputStream {

        private Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            try {
                int count = super.read(to, offset, length);
                octets.addAndGet(Math.max(0, count));
                return count;
            } catch (SocketException _) {
                return -1;
            }
        }
    }
}
