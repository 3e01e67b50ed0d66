package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.testing.GuardedServices;
import io.stagedoor.proxy.testing.WireClient;
import io.stagedoor.proxy.testing.WireRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What clients may take of the proxy, one by one and together, and what one too many gets. */
class LimitsIT {

    private static final String READ = "GET /pipelines/daily?api-version=2020-12-01";

    @Test
    @SuppressWarnings("try") // closed in the middle, to make room
    void oneConnectionTooManyOfAnAddressIsClosedBeforeTls() throws Exception {
        try (GuardedServices scene = start("max_connections_per_address: 2");
                WireClient first = scene.connect();
                WireClient second = scene.connect()) {
            assertThat(answer(first, scene).status()).isEqualTo(200);

            assertThatThrownBy(() -> answer(scene.connect(), scene))
                    .isInstanceOf(IOException.class);

            assertCounted(scene, "connections_of_address");
            try (WireClient elsewhere =
                    WireClient.connect(scene.tls(), scene.fixture().proxy().port(), "127.0.0.9")) {
                assertThat(answer(elsewhere, scene).status()).isEqualTo(200);
            }
            first.close();
            Awaitility.await().untilAsserted(() -> assertThat(ask(scene)).isEqualTo(200));
            assertThat(answer(second, scene).status()).isEqualTo(200);
        }
    }

    @Test
    void oneConnectionTooManyInAllIsClosedBeforeTls() throws Exception {
        try (GuardedServices scene =
                        GuardedServices.start(
                                text ->
                                        text.replaceFirst(
                                                "port: 0\n", "port: 0\n  max_connections: 1\n"));
                WireClient only = scene.connect()) {
            assertThat(answer(only, scene).status()).isEqualTo(200);

            assertThatThrownBy(() -> answer(scene.connect(), scene))
                    .isInstanceOf(IOException.class);

            assertCounted(scene, "connections");
        }
    }

    @Test
    void principalThatAsksTooOftenIsToldHowLongToWait() throws Exception {
        try (GuardedServices scene = start("requests_per_second: 1", "burst: 2")) {
            List<WireClient.Answer> answers = new ArrayList<>();
            try (WireClient client = scene.connect()) {
                for (int i = 0; i < 4; i++) {
                    answers.add(answer(client, scene));
                }
            }

            WireClient.Answer refused = answers.getLast();
            assertThat(answers.getFirst().status()).isEqualTo(200);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.field("Retry-After")).contains("1");
            JsonNode record = recordOf(scene, refused);
            assertThat(record.at("/decision/code").asText()).isEqualTo("rate_limited");
            assertThat(record.at("/caller/object_id").asText())
                    .isEqualTo(scene.principal("reader").objectId());
            assertThat(scene.first().requests(refused.field("x-ms-request-id").orElseThrow()))
                    .isEmpty();
            try (WireClient other = scene.connect()) {
                other.send(
                        scene.request(
                                "POST /pipelines/daily/createRun?api-version=2020-12-01",
                                "runner_daily"));
                assertThat(other.read().orElseThrow().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void oneExchangeTooManyIsAskedToComeAgain() throws Exception {
        try (GuardedServices scene = start("max_exchanges: 1");
                WireClient slow = scene.connect();
                WireClient next = scene.connect()) {
            slow.send(
                    scene.request(READ, "reader", "Content-Length: 4").replaceFirst("GET", "GET"));
            Awaitility.await().until(() -> answer(next, scene).status() == 503);

            WireClient.Answer refused = answer(next, scene);
            assertThat(refused.field("Retry-After")).contains("1");
            assertThat(recordOf(scene, refused).at("/decision/code").asText())
                    .isEqualTo("overloaded");
            slow.send("body");
            assertThat(slow.read().orElseThrow().status()).isEqualTo(200);
            Awaitility.await().until(() -> answer(next, scene).status() == 200);
        }
    }

    @Test
    void headThatIsTooLongOrHasTooManyFieldsHasItsOwnStatus() throws Exception {
        try (GuardedServices scene = start("max_fields: 10")) {
            String[] eight = {"A: 1", "B: 1", "C: 1", "D: 1", "E: 1", "F: 1", "G: 1", "H: 1"};
            String[] nine = {
                "A: 1", "B: 1", "C: 1", "D: 1", "E: 1", "F: 1", "G: 1", "H: 1", "I: 1"
            };

            assertThat(status(scene, READ, eight)).isEqualTo(200);
            assertThat(status(scene, READ, nine)).isEqualTo(431);
            assertThat(status(scene, READ, "Long: " + "x".repeat(70_000))).isEqualTo(431);
            assertThat(status(scene, READ + "&x=" + "x".repeat(9_000))).isEqualTo(414);
        }
    }

    @Test
    void bodyThatDribblesIsCutHoweverOftenAnOctetComes() throws Exception {
        try (GuardedServices scene = start("body_timeout: 300ms");
                WireClient dribbler = scene.connect()) {
            dribbler.send(scene.request(READ, "reader", "Content-Length: 100000"));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> isCut(dribbler));

            assertCounted(scene, "body_timeout");
            assertThat(scene.first().requests()).noneMatch(WireRequest::whole);
            assertThat(ask(scene)).isEqualTo(200);
        }
    }

    @Test
    void requestsThatNobodyWaitsForAreNotKeptWithoutEnd() throws Exception {
        try (GuardedServices scene = GuardedServices.start();
                WireClient greedy = scene.connect()) {
            greedy.send(scene.request(READ, "reader", "Content-Length: 1"));
            String tiny = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

            assertThatThrownBy(
                            () -> {
                                greedy.send("x" + tiny.repeat(200_000));
                                greedy.readAll();
                            })
                    .isInstanceOf(IOException.class);

            assertCounted(scene, "pipelined");
        }
    }

    private static boolean isCut(WireClient client) {
        try {
            client.send("x");
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    private static GuardedServices start(String... settings) throws IOException {
        String clients = "  clients: {" + String.join(", ", settings) + "}\n";
        return GuardedServices.start(text -> text.replaceFirst("port: 0\n", "port: 0\n" + clients));
    }

    private static WireClient.Answer answer(WireClient client, GuardedServices scene)
            throws IOException {
        client.send(scene.request(READ, "reader"));
        return client.read().orElseThrow(() -> new IOException("closed"));
    }

    private static int ask(GuardedServices scene) throws IOException {
        return status(scene, READ);
    }

    private static int status(GuardedServices scene, String line, String... fields)
            throws IOException {
        try (WireClient client = scene.connect()) {
            client.send(scene.request(line, "reader", fields));
            return client.read().orElseThrow(() -> new IOException("closed")).status();
        }
    }

    private static JsonNode recordOf(GuardedServices scene, WireClient.Answer answer) {
        String id = answer.field("x-stagedoor-decision-id").orElseThrow();
        return Awaitility.await()
                .until(
                        () ->
                                scene.decided().stream()
                                        .filter(one -> one.at("/request/id").asText().equals(id))
                                        .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private static void assertCounted(GuardedServices scene, String reason) throws Exception {
        String line = "stagedoor_listener_refused_total{reason=\"" + reason + "\"}";
        assertThat(scene.fixture().admin("/metrics").body()).contains(line);
    }
}
