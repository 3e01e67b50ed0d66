package io.stagedoor.proxy.directory.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.stagedoor.proxy.directory.synapse.ReadLimits;
import io.stagedoor.proxy.directory.synapse.SynapseRoleApi;
import io.stagedoor.proxy.directory.synapse.WorkspaceReader;
import io.stagedoor.proxy.directory.synapse.WorkspaceTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A workspace whose role assignments change between readings but not within one, as pages that the
 * test sets; and that fails and waits where the test says.
 */
public final class PagedWorkspace implements AutoCloseable {

    private static final String NEXT = "x-ms-continuation";

    private final HttpsServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final WorkspaceReader reader;

    /** The bodies of the pages; a reading keeps to the list that its first page came from. */
    private volatile List<List<String>> listings = List.of(List.of(Listed.page()));

    /** The body of the role definitions; empty answers 500. */
    public volatile String definitions = "";

    /** Called with the page's number, from 1, before it is answered; may wait. */
    public volatile IntConsumer beforePage = _ -> {};

    /** The number of the page that answers 500; zero for none. */
    public volatile int failingPage;

    /** What a failing page asks for in Retry-After; empty for nothing, and then it is a 500. */
    public volatile String retryAfter = "";

    public final AtomicInteger readings = new AtomicInteger();
    public final AtomicInteger definitionReadings = new AtomicInteger();

    public PagedWorkspace(InstantSource clock) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LoopbackCertificate certificate = LoopbackCertificate.localhost();
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
        server.setExecutor(executor);
        server.createContext("/roleAssignments", this::assignments);
        server.createContext("/roleDefinitions", this::definitions);
        server.start();
        reader =
                new WorkspaceReader(
                        URI.create("https://localhost:" + server.getAddress().getPort()),
                        Optional.of(WorkspaceTrust.of(certificate.pem())),
                        new FixedAuthorization("Bearer proxy"),
                        new ReadLimits(
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(60),
                                Duration.ofMinutes(1),
                                32 << 20,
                                1_000,
                                1_000_000,
                                1),
                        clock);
    }

    public SynapseRoleApi api() {
        return new SynapseRoleApi(reader);
    }

    /** Sets what the next readings see: one body for each page. */
    public synchronized void serve(String... pages) {
        listings = List.of(List.of(pages));
        restart = true;
    }

    /** Sets what the next readings see, one list of bodies for each reading; the last stays. */
    public synchronized void serveEach(List<List<String>> eachReading) {
        listings = List.copyOf(eachReading);
        restart = true;
    }

    private boolean restart;
    private int served = -1;

    private synchronized int nextListing() {
        served = restart ? 0 : Math.min(served + 1, listings.size() - 1);
        restart = false;
        return Math.max(served, 0);
    }

    private void assignments(HttpExchange exchange) throws IOException {
        String token = Optional.ofNullable(exchange.getRequestHeaders().getFirst(NEXT)).orElse("");
        if (token.isEmpty()) {
            readings.incrementAndGet();
        }
        int listing = token.isEmpty() ? nextListing() : Integer.parseInt(token.split("-", -1)[0]);
        int page = token.isEmpty() ? 1 : Integer.parseInt(token.split("-", -1)[1]);
        List<String> pages = listings.get(listing);
        beforePage.accept(page);
        if (page == failingPage) {
            fail(exchange);
            return;
        }
        boolean isLast = page == pages.size();
        exchange.getResponseHeaders().set(NEXT, isLast ? "" : listing + "-" + (page + 1));
        answer(exchange, 200, pages.get(page - 1));
    }

    private void definitions(HttpExchange exchange) throws IOException {
        definitionReadings.incrementAndGet();
        answer(exchange, definitions.isEmpty() ? 500 : 200, definitions);
    }

    private void fail(HttpExchange exchange) throws IOException {
        if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().set("retry-after", retryAfter);
        }
        answer(exchange, retryAfter.isEmpty() ? 500 : 429, "{}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] octets = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
        try (exchange) {
            exchange.getResponseBody().write(octets);
        }
    }

    @Override
    public void close() {
        reader.close();
        server.stop(0);
        executor.shutdownNow();
    }
}
