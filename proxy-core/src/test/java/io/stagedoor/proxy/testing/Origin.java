package io.stagedoor.proxy.testing;

import io.stagedoor.proxy.cli.demo.DemoScenery;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLServerSocket;

/**
 * An upstream that a test writes itself, octet by octet, in front of the demo's workspace: what the
 * test has no handler for, such as the role assignments, is asked of the workspace.
 *
 * <p>One request a connection; each runs on a virtual thread of its own.
 */
public final class Origin implements AutoCloseable {

    /** Answers the requests of one path. */
    @FunctionalInterface
    public interface Handler {
        void answer(Seen request, InputStream in, OutputStream out) throws Exception;
    }

    /** The head of a request: its first line and its fields. */
    public record Seen(String line, List<String> fields) {

        public String path() {
            return line.split(" ", -1)[1].replaceAll("\\?.*", "");
        }

        public Optional<String> field(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ": ";
            return fields.stream()
                    .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(field -> field.substring(start.length()))
                    .findFirst();
        }
    }

    private static final Set<String> FRAMING =
            Set.of("connection", "content-length", "transfer-encoding");

    private final SSLServerSocket server;
    private final URI workspace;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();

    private Origin(SSLServerSocket server, DemoScenery scenery) {
        this.server = server;
        this.workspace = scenery.workspace().uri();
        this.client =
                HttpClient.newBuilder().sslContext(scenery.authority().trustingContext()).build();
    }

    /** Starts it on a free loopback port. */
    public static Origin start(DemoScenery scenery) {
        try {
            SSLServerSocket server =
                    (SSLServerSocket)
                            scenery.authority()
                                    .issue("localhost")
                                    .serverContext()
                                    .getServerSocketFactory()
                                    .createServerSocket(0, 100, InetAddress.getLoopbackAddress());
            Origin origin = new Origin(server, scenery);
            origin.threads.execute(origin::accept);
            return origin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has the requests of a path answered by a handler; the connection ends with it. */
    public Origin on(String path, Handler handler) {
        handlers.put(path, handler);
        return this;
    }

    /** Puts it in the workspace's place in the proxy's configuration. */
    public String inPlaceOfWorkspace(String yaml) {
        return yaml.replace(workspace.toString(), "https://localhost:" + server.getLocalPort());
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            threads.shutdownNow();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            List<String> head = headOf(in);
            if (!head.isEmpty()) {
                Seen seen = new Seen(head.getFirst(), head.subList(1, head.size()));
                Handler handler = handlers.getOrDefault(seen.path(), this::ask);
                handler.answer(seen, in, socket.getOutputStream());
            }
        } catch (Exception broken) {
            broken.printStackTrace();
            // the proxy hung up, which is what some tests are about
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> headOf(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int octet = in.read();
        while (octet >= 0) {
            head.append((char) octet);
            if (head.length() >= 4 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                return Arrays.asList(head.toString().strip().split("\r\n", -1));
            }
            octet = in.read();
        }
        return List.of();
    }

    private void ask(Seen seen, InputStream in, OutputStream out) throws Exception {
        String target = seen.line().split(" ", -1)[1];
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(URI.create(workspace + target))
                                .version(HttpClient.Version.HTTP_1_1)
                                .header("Authorization", seen.field("Authorization").orElse(""))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.statusCode() + " OK\r\n");
        answer.headers()
                .map()
                .forEach(
                        (name, values) -> {
                            if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
                                head.append(name).append(": ").append(values.getFirst());
                                head.append("\r\n");
                            }
                        });
        head.append("Connection: close\r\nContent-Length: ").append(body.length);
        write(out, head.append("\r\n\r\n").toString());
        out.write(body);
        out.flush();
    }

    /** Writes text at once. */
    public static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
        client.close();
    }
}
