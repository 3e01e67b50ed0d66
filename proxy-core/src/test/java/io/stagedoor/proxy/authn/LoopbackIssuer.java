package io.stagedoor.proxy.authn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTPS server on loopback that answers as tests tell it, and counts what it was asked. */
final class LoopbackIssuer implements AutoCloseable {

    /** Answers one request. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> hits = new ConcurrentHashMap<>();

    private LoopbackIssuer(HttpsServer server) {
        this.server = server;
    }

    static LoopbackIssuer start() {
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            HttpsServer server = HttpsServer.create(anyPort, 0);
            server.setHttpsConfigurator(
                    new HttpsConfigurator(TestCertificate.localhost().context()));
            LoopbackIssuer issuer = new LoopbackIssuer(server);
            server.setExecutor(issuer.threads);
            server.createContext("/", issuer::answer);
            server.start();
            return issuer;
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        }
    }

    String base() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    void on(String path, Answer answer) {
        answers.put(path, answer);
    }

    void serve(String path, ObjectNode document) {
        on(path, exchange -> send(exchange, 200, document.toString()));
    }

    int hits(String path) {
        AtomicInteger count = hits.get(path);
        return count == null ? 0 : count.get();
    }

    int allHits() {
        return hits.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    void forgetHits() {
        hits.clear();
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(octets);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        hits.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
        Answer answer = answers.get(path);
        try (exchange) {
            if (answer == null) {
                send(exchange, 404, "");
            } else {
                answer.to(exchange);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
