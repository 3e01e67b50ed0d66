package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.RawOrigin;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Several endpoints of one service, some of them bad, and a service that has enough to do. */
class UpstreamChoiceIT {

    private static ProxyFixture proxyBefore(String endpoints, String connections)
            throws IOException {
        return ProxyFixture.start(
                configuration ->
                        configuration.replace(
                                        "    upstream:\n",
                                        "    upstream:\n      endpoints: [" + endpoints + "]\n")
                                + "upstream_connections: {"
                                + connections
                                + "}\n");
    }

    private static String at(RawOrigin origin) {
        return "'http://127.0.0.1:" + origin.port() + "'";
    }

    private static HttpResponse<String> get(ProxyFixture fixture) throws Exception {
        return fixture.send(DemoCast.ENGINEER, "GET", "/notebooks/n");
    }

    @Test
    void requestsGoToTheEndpointThatWorksAndTheOtherIsEjected() throws Exception {
        RawOrigin bad = RawOrigin.start(RawOrigin.Conversation::reset);
        try (RawOrigin good = RawOrigin.start(RawOrigin.polite());
                ProxyFixture fixture =
                        proxyBefore(
                                at(bad) + ", " + at(good), "outliers: {consecutive_failures: 2}")) {
            bad.close();

            for (int i = 0; i < 40; i++) {
                assertThat(get(fixture).body()).isEqualTo("polite");
            }
            HttpResponse<String> write =
                    fixture.send(DemoCast.ENGINEER, "PUT", "/notebooks/n", "{}");

            assertThat(write.statusCode()).isEqualTo(200);
            assertThat(fixture.admin("/metrics").body())
                    .contains(
                            "stagedoor_upstream_endpoints{state=\"ejected\",workspace=\"demo\"} 1.0")
                    .contains(
                            "stagedoor_upstream_endpoints{state=\"healthy\",workspace=\"demo\"} 1.0");
            assertThat(fixture.admin("/health").body()).contains("1 ejected");
        }
    }

    @Test
    void keptConnectionThatCloseIsNoFailureOfARead() throws Exception {
        RawOrigin.Script onceEach =
                conversation -> {
                    conversation.readHead();
                    conversation.send(RawOrigin.ok("first"));
                    conversation.readHead();
                };
        try (RawOrigin origin = RawOrigin.start(onceEach);
                ProxyFixture fixture = proxyBefore(at(origin), "idle_timeout: 1m")) {
            assertThat(get(fixture).body()).isEqualTo("first");

            HttpResponse<String> second = get(fixture);

            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(origin.accepted()).isEqualTo(2);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    completedOf(fixture, second)
                                                            .at("/upstream/attempts"))
                                            .hasToString("2"));
            HttpResponse<String> write =
                    fixture.send(DemoCast.ENGINEER, "PUT", "/notebooks/n", "{}");
            assertThat(write.statusCode()).isEqualTo(409);
        }
    }

    @Test
    void serviceThatNeverAnswersIsLeftAloneAndFoundAgain() throws Exception {
        try (RawOrigin origin = RawOrigin.start(RawOrigin.Conversation::reset);
                ProxyFixture fixture =
                        proxyBefore(
                                at(origin),
                                "max_attempts: 1, circuit: {consecutive_failures: 3,"
                                        + " open_time: 500ms, max_open_time: 1s}")) {
            for (int i = 0; i < 3; i++) {
                assertThat(get(fixture).statusCode()).isEqualTo(502);
            }
            int before = origin.accepted();

            HttpResponse<String> refused = get(fixture);

            assertThat(refused.body()).contains("upstream_unreachable");
            assertThat(origin.accepted()).isEqualTo(before);
            origin.behave(RawOrigin.polite());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> get(fixture).statusCode() == 200);
        }
    }

    @Test
    void serviceThatHasEnoughToDoGetsNoMoreAndSomeWait() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        RawOrigin.Script slow =
                conversation -> {
                    while (!conversation.readHead().isEmpty()) {
                        go.await();
                        conversation.send(RawOrigin.ok("slow"));
                    }
                };
        try (RawOrigin origin = RawOrigin.start(slow);
                ProxyFixture fixture =
                        proxyBefore(at(origin), "max_connections: 2, max_pending: 2")) {
            List<CompletableFuture<HttpResponse<String>>> sent =
                    IntStream.range(0, 4).mapToObj(_ -> sendAsync(fixture)).toList();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () ->
                                    assertThat(fixture.admin("/metrics").body())
                                            .contains("upstream_pending{workspace=\"demo\"} 2.0")
                                            .contains(
                                                    "upstream_connections{workspace=\"demo\"} 2.0"));

            HttpResponse<String> fifth = get(fixture);
            go.countDown();

            assertThat(fifth.statusCode()).isEqualTo(503);
            assertThat(fifth.body()).contains("upstream_saturated");
            assertThat(fifth.headers().firstValue("Retry-After")).contains("1");
            assertThat(sent).allSatisfy(each -> assertThat(each.join().body()).isEqualTo("slow"));
        }
    }

    @Test
    void addressThatFailsItsChecksGetsNothing() throws Exception {
        RawOrigin.Script ill =
                conversation -> {
                    conversation.readHead();
                    conversation.send("HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n");
                };
        try (RawOrigin bad = RawOrigin.start(ill);
                RawOrigin good = RawOrigin.start(RawOrigin.polite());
                ProxyFixture fixture =
                        proxyBefore(
                                at(bad) + ", " + at(good),
                                "health_check: {path: /well, interval: 200ms, timeout: 200ms,"
                                        + " unhealthy_after: 1}")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(fixture.admin("/health").body()).contains("1 down"));

            for (int i = 0; i < 20; i++) {
                assertThat(get(fixture).body()).isEqualTo("polite");
            }
        }
    }

    private static CompletableFuture<HttpResponse<String>> sendAsync(ProxyFixture fixture) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return get(fixture);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    private static JsonNode completedOf(ProxyFixture fixture, HttpResponse<String> answer) {
        String id = answer.headers().firstValue("X-Stagedoor-Decision-Id").orElseThrow();
        List<JsonNode> records = JournalReading.ofRequest(fixture.journalFolder(), id);
        assertThat(records).hasSize(2);
        return records.getLast();
    }
}
