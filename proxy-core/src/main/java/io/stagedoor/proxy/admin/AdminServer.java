package io.stagedoor.proxy.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The HTTP server of the operator's port: {@code /health}, {@code /ready} and {@code /metrics}.
 *
 * <p>{@code /health} answers 200 when every part is healthy and 503 otherwise, {@code /ready} 200
 * while the proxy takes work, {@code /metrics} the Prometheus text format. It holds no secrets but
 * tells names of workspaces, so it is bound to loopback unless configured otherwise.
 */
public final class AdminServer implements AutoCloseable {

    private static final String JSON = "application/json; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    private AdminServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    private record Answer(int status, String type, String body) {}

    /**
     * Binds the address and begins to answer, each request on a virtual thread.
     *
     * @param health asked for the state of the parts at each request
     * @param ready asked whether the proxy takes work
     * @param metrics asked for all metrics in the Prometheus text format
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static AdminServer start(
            InetSocketAddress address,
            Supplier<HealthReport> health,
            BooleanSupplier ready,
            Supplier<String> metrics)
            throws IOException {
        HttpServer server = bind(address);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/health", exchange -> answer(exchange, () -> health(health.get())));
        server.createContext(
                "/ready", exchange -> answer(exchange, () -> ready(ready.getAsBoolean())));
        server.createContext(
                "/metrics",
                exchange -> answer(exchange, () -> new Answer(200, PROMETHEUS, metrics.get())));
        server.createContext(
                "/", exchange -> answer(exchange, () -> new Answer(404, JSON, "{}\n")));
        server.start();
        return new AdminServer(server, threads);
    }

    /** Has everything below a path answered by somebody else. */
    public void add(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private static HttpServer bind(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, 64);
        } catch (IOException e) {
            throw new IOException("cannot listen on `" + address + "`: " + e.getMessage(), e);
        }
    }

    private static Answer health(HealthReport report) {
        return new Answer(report.isHealthy() ? 200 : 503, JSON, report.json() + "\n");
    }

    private static Answer ready(boolean ready) {
        return new Answer(ready ? 200 : 503, JSON, "{\"ready\":" + ready + "}\n");
    }

    private static void answer(HttpExchange exchange, Supplier<Answer> supplier)
            throws IOException {
        try (exchange) {
            boolean known = exchange.getRequestMethod().equals("GET");
            Answer answer = known ? supplier.get() : new Answer(405, JSON, "{}\n");
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Returns the port that is bound. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops answering. */
    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
