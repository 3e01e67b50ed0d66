package io.stagedoor.proxy.cli.demo.loopback;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 server over TLS on a free loopback port.
 *
 * <p>Each request runs on a virtual thread of its own, so a handler may wait. Closing ends open
 * exchanges at once.
 */
public final class LoopbackServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
    private static final int NO_BODY = -1;
    private static final int IN_CHUNKS = 0;

    private final HttpsServer server;
    private final ExecutorService workers;
    private final RequestHandler handler;

    private LoopbackServer(HttpsServer server, ExecutorService workers, RequestHandler handler) {
        this.server = server;
        this.workers = workers;
        this.handler = handler;
    }

    /**
     * Starts a server; it is reachable when this returns.
     *
     * @throws UncheckedIOException when no loopback port can be opened
     */
    public static LoopbackServer start(ServerIdentity identity, RequestHandler handler) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            HttpsServer server = HttpsServer.create(anyPort, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(identity.serverContext()));
            ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
            server.setExecutor(workers);
            LoopbackServer started = new LoopbackServer(server, workers, handler);
            server.createContext("/", started::serve);
            server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("no loopback port can be opened", e);
        }
    }

    /** Gives the server's root, {@code https://localhost:<port>}, without a slash at its end. */
    public URI uri() {
        return URI.create("https://localhost:" + port());
    }

    /** Gives the port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (replyTo(exchange)) {
                case Answer answer -> send(exchange, answer, answer.bodyBytes().length);
                case Reply.Truncated(Answer answer, int bytes) -> send(exchange, answer, bytes);
                case Reply.Streamed(Answer head, Iterator<byte[]> pieces) ->
                        stream(exchange, head, pieces);
                case Reply.Dropped() ->
                        LOG.atDebug()
                                .addKeyValue("target", exchange.getRequestURI())
                                .log("connection dropped on purpose");
            }
        }
    }

    private Reply replyTo(HttpExchange exchange) throws IOException {
        SeenRequest request =
                new SeenRequest(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders(),
                        SeenBody.readFrom(exchange.getRequestBody()));
        try {
            return handler.reply(request);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("target", request.target())
                    .setCause(e)
                    .log("a loopback server failed");
            return Answer.empty(500);
        }
    }

    private static void stream(HttpExchange exchange, Answer head, Iterator<byte[]> pieces)
            throws IOException {
        head.fields().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(head.status(), IN_CHUNKS);
        OutputStream body = exchange.getResponseBody();
        body.flush();
        while (pieces.hasNext()) {
            body.write(pieces.next());
            body.flush();
        }
        body.close();
    }

    private static void send(HttpExchange exchange, Answer answer, int bytes) throws IOException {
        answer.fields().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.bodyBytes();
        boolean bodiless = body.length == 0 || "HEAD".equals(exchange.getRequestMethod());
        if (bodiless) {
            exchange.sendResponseHeaders(answer.status(), NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), answer.isChunked() ? IN_CHUNKS : body.length);
        OutputStream stream = exchange.getResponseBody();
        stream.write(body, 0, bytes);
        stream.flush();
    }
}
