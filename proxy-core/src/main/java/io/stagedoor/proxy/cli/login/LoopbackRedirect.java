package io.stagedoor.proxy.cli.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * The place on loopback that the browser is sent back to, for one answer (RFC 8252, section 7.3).
 *
 * <p>Only a GET of exactly its path, by exactly its own host and port, with the state of this log-in is
 * the answer; whatever else knocks is told so and changes nothing. The browser waits for its page until
 * it is known whether the log-in succeeded.
 */
final class LoopbackRedirect implements AutoCloseable {
    private static final Duration PAGE_WITHIN = Duration.ofMinutes(1);
    private static final int SECONDS_TO_ANSWER = 1;

    /**
     * What the browser brought, and the page it waits for.
     *
     * @param parameters the query of its request
     * @param page to be completed with what it shall show
     */
    record Arrival(RedirectParameters parameters, CompletableFuture<ResultPage> page) {}

    private final URI uri;
    private final String state;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final SynchronousQueue<Arrival> arrivals = new SynchronousQueue<>();

    private LoopbackRedirect(URI registered, String state, HttpServer server) {
        this.uri = URI.create(at(registered, server.getAddress().getPort()));
        this.state = state;
        this.server = server;
    }

    /**
     * Opens the place.
     *
     * @param registered the redirect address that the issuer knows: {@code http} on {@code 127.0.0.1},
     *     {@code [::1]} or {@code localhost}; without a port, any free one is taken
     * @param state what the answer must repeat
     * @throws IOException if the port cannot be had
     */
    static LoopbackRedirect open(URI registered, String state) throws IOException {
        boolean six = registered.getHost().startsWith("[");
        InetAddress address = InetAddress.getByName(six ? "::1" : "127.0.0.1");
        int port = Math.max(registered.getPort(), 0);
        HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
        LoopbackRedirect opened = new LoopbackRedirect(registered, state, server);
        server.setExecutor(opened.workers);
        server.createContext("/", opened::serve);
        server.start();
        return opened;
    }

    private static String at(URI registered, int port) {
        return "http://" + registered.getHost() + ":" + port + registered.getRawPath();
    }

    /** Gives the address that the browser shall come back to. */
    URI uri() {
        return uri;
    }

    /** Waits for the answer, for so long at most. */
    Optional<Arrival> await(Duration atMost) throws InterruptedException {
        return Optional.ofNullable(arrivals.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, page(exchange));
        }
    }

    private ResultPage page(HttpExchange exchange) {
        boolean here =
                exchange.getRequestMethod().equals("GET")
                        && uri.getRawPath().equals(exchange.getRequestURI().getRawPath())
                        && uri.getRawAuthority()
                                .equals(exchange.getRequestHeaders().getFirst("Host"));
        if (!here) {
            return ResultPage.NOT_FOUND;
        }
        RedirectParameters parameters =
                RedirectParameters.parse(
                        Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        return parameters.isAnswerTo(state) ? handOver(parameters) : ResultPage.NOT_OURS;
    }

    private ResultPage handOver(RedirectParameters parameters) {
        Arrival arrival = new Arrival(parameters, new CompletableFuture<>());
        try {
            boolean taken = arrivals.offer(arrival, PAGE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return taken
                    ? arrival.page()
                            .completeOnTimeout(
                                    ResultPage.failed("It took too long"),
                                    PAGE_WITHIN.toMillis(),
                                    TimeUnit.MILLISECONDS)
                            .join()
                    : ResultPage.NOT_OURS;
        } catch (InterruptedException e) {
            return ResultPage.NOT_OURS;
        }
    }

    private static void send(HttpExchange exchange, ResultPage page) throws IOException {
        byte[] html = page.html();
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(page.status(), html.length);
        exchange.getResponseBody().write(html);
    }

    /** Closes the place after the page that is being sent. */
    @Override
    public void close() {
        server.stop(SECONDS_TO_ANSWER);
        workers.shutdownNow();
    }
}
