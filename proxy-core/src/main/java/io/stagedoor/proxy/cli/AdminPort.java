package io.stagedoor.proxy.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The operator's port of a running proxy, asked over HTTP. */
final class AdminPort {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final int GOOD = 200;

    private final URI root;

    /**
     * @param root such as {@code http://127.0.0.1:9090}
     */
    AdminPort(URI root) {
        this.root = root;
    }

    /**
     * Asks for one of its pages.
     *
     * @throws IOException when nobody answers within five seconds
     * @throws InterruptedException when the thread is told to stop while it waits
     */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE).build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    /**
     * Waits until the proxy takes work.
     *
     * @throws IOException when it does not within the time, or nobody answers
     */
    void awaitReady(Duration atMost) throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (get("/ready").statusCode() != GOOD) {
            if (System.nanoTime() > end) {
                throw new IOException("the proxy is not ready: " + get("/health").body());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
