package io.stagedoor.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AdminServerTest {

    private final AtomicBoolean journalHealthy = new AtomicBoolean(true);
    private final AtomicBoolean ready = new AtomicBoolean(true);

    @Test
    void healthIsRedWhenOnePartIsRed() throws Exception {
        journalHealthy.set(false);

        HttpResponse<String> answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"status\":\"failing\",\"components\":["
                                + "{\"name\":\"journal\",\"status\":\"failing\",\"detail\":\"disk \\\"full\\\"\"},"
                                + "{\"name\":\"keys\",\"status\":\"ok\",\"detail\":\"\"}]}\n");
    }

    @Test
    void healthIsGreenWhenAllPartsAre() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void readinessFollowsTheProxy() throws Exception {
        assertThat(get("/ready").statusCode()).isEqualTo(200);

        ready.set(false);

        assertThat(get("/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void metricsAreThePrometheusText() throws Exception {
        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.body()).isEqualTo("stagedoor_up 1\n");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    }

    @Test
    void unknownPathIsNotFound() throws Exception {
        assertThat(get("/secrets").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (AdminServer server =
                        AdminServer.start(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                this::report,
                                ready::get,
                                () -> "stagedoor_up 1\n");
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
            return client.send(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private HealthReport report() {
        return new HealthReport(
                List.of(
                        new ComponentHealth("journal", journalHealthy.get(), "disk \"full\""),
                        new ComponentHealth("keys", true, "")));
    }
}
