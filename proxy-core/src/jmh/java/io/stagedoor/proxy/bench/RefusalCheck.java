package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.Scenario;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Makes sure that what is measured refuses whom it must: a proxy that lets all in is fast. */
final class RefusalCheck {

    private RefusalCheck() {}

    /**
     * Shows Stagedoor bad tokens and a caller without rights.
     *
     * @throws IllegalStateException if one of them is not refused as it should be
     */
    static void run(BenchScenery scenery, int port) throws IOException {
        String good = scenery.tokens().getFirst();
        String stranger = scenery.tokenOfStranger();
        String forged =
                good.substring(0, good.lastIndexOf('.'))
                        + stranger.substring(stranger.lastIndexOf('.'));
        for (Scenario scenario : Scenario.values()) {
            expect(401, send(scenery, port, scenario, forged), "a forged token");
            expect(403, send(scenery, port, scenario, stranger), "a caller without rights");
            expect(scenario.status(), send(scenery, port, scenario, good), "a good caller");
        }
    }

    private static int send(BenchScenery scenery, int port, Scenario scenario, String token)
            throws IOException {
        URI uri = URI.create("https://localhost:" + port + scenario.target());
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Host", "bench.proxy.example")
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(scenario.method(), BodyPublishers.ofString(scenario.body()))
                        .build();
        try (HttpClient client = scenery.httpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void expect(int status, int got, String what) {
        if (status != got) {
            throw new IllegalStateException(
                    "stagedoor answered " + got + " to " + what + ", not " + status);
        }
    }
}
