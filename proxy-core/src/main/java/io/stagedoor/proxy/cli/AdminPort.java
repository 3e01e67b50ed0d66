package io.stagedoor.proxy.cli;

import io.stagedoor.config.listener.AdminConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;

/** The operator's port of a running proxy, asked over HTTP. */
final class AdminPort {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration WORK = Duration.ofSeconds(40);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final int GOOD = 200;
    private static final List<String> EVERY_ADDRESS = List.of("0.0.0.0", "::");

    private final URI root;
    private final Optional<SSLContext> trust;

    /**
     * @param root such as {@code http://127.0.0.1:9090}
     */
    AdminPort(URI root) {
        this(root, Optional.empty());
    }

    /**
     * @param root such as {@code https://127.0.0.1:9090}
     * @param trust whom its certificate is trusted by; empty for the JVM's authorities
     */
    AdminPort(URI root, Optional<SSLContext> trust) {
        this.root = root;
        this.trust = trust;
    }

    /**
     * Gives the port of the proxy that runs with a configuration, on this machine.
     *
     * @throws IOException when its certificate cannot be read
     */
    static AdminPort of(AdminConfig config) throws IOException {
        String host = EVERY_ADDRESS.contains(config.host()) ? "127.0.0.1" : config.host();
        String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + config.port();
        if (config.tls().isEmpty()) {
            return new AdminPort(URI.create("http://" + authority));
        }
        return new AdminPort(
                URI.create("https://" + authority),
                Optional.of(
                        PinnedCertificate.context(config.tls().get().load().chain().getFirst())));
    }

    URI root() {
        return root;
    }

    /**
     * Asks for one of its pages.
     *
     * @throws IOException when nobody answers within five seconds
     * @throws InterruptedException when the thread is told to stop while it waits
     */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE).build());
    }

    /**
     * Has it do something that an operator may have done.
     *
     * @throws IOException when it is not done within 40 seconds
     * @throws InterruptedException when the thread is told to stop while it waits
     */
    HttpResponse<String> post(String path, String authorization)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(root.resolve(path))
                        .timeout(WORK)
                        .header("Authorization", authorization)
                        .POST(BodyPublishers.noBody())
                        .build());
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
        trust.ifPresent(builder::sslContext);
        try (HttpClient client = builder.build()) {
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
