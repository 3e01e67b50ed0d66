package io.stagedoor.proxy;

import static io.stagedoor.proxy.testing.Http2RawClient.DATA;
import static io.stagedoor.proxy.testing.Http2RawClient.END_HEADERS;
import static io.stagedoor.proxy.testing.Http2RawClient.END_STREAM;
import static io.stagedoor.proxy.testing.Http2RawClient.GOAWAY;
import static io.stagedoor.proxy.testing.Http2RawClient.HEADERS;
import static io.stagedoor.proxy.testing.Http2RawClient.PING;
import static io.stagedoor.proxy.testing.Http2RawClient.RST_STREAM;
import static io.stagedoor.proxy.testing.Http2RawClient.head;
import static io.stagedoor.proxy.testing.Http2RawClient.octets;
import static io.stagedoor.proxy.testing.Http2RawClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.Http2RawClient;
import io.stagedoor.proxy.testing.Http2RawClient.Frame;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/2 meets the same gate and the same journey as HTTP/1.1, frame by frame. */
class Http2IT {

    private static final int PROTOCOL_ERROR = 1;
    private static final String PATH = "/synapse/demo/pipelines";

    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = ProxyFixture.start();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void forget() {
        fixture.workspace().answerAfter(Duration.ZERO);
        fixture.workspace().forgetRequests();
    }

    private List<JsonNode> ofRequest(String id) {
        return JournalReading.ofRequest(fixture.journalFolder(), id);
    }

    private Http2RawClient connect() throws IOException {
        return connect(fixture);
    }

    private static Http2RawClient connect(ProxyFixture to) throws IOException {
        return Http2RawClient.connect(
                to.scenery().authority().trustingContext(), to.proxy().port());
    }

    private String bearer() {
        return "Bearer " + fixture.scenery().token(DemoCast.ENGINEER);
    }

    @Test
    void requestIsDecidedForwardedAndRecorded() throws Exception {
        try (Http2RawClient client = connect()) {
            client.send(
                    HEADERS,
                    END_HEADERS | END_STREAM,
                    1,
                    request(
                            "GET",
                            PATH + "?api-version=2020-12-01",
                            "authorization",
                            bearer(),
                            "x-forwarded-for",
                            "10.0.0.1",
                            "cookie",
                            "a=b",
                            "cookie",
                            "c=d",
                            "te",
                            "trailers"));

            Frame answer = client.await(frame -> frame.is(HEADERS));
            client.await(Frame::endsStream);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.head()).doesNotContainKeys("connection", "transfer-encoding");
            String id = answer.head().getOrDefault("x-stagedoor-decision-id", "none");
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(ofRequest(id))
                                            .extracting(each -> each.at("/outcome").asText())
                                            .containsExactly("", "answered"));
            var forwarded = fixture.workspace().requests(seen -> seen.path().equals("/pipelines"));
            assertThat(forwarded).hasSize(1);
            assertThat(forwarded.getFirst().fields()).doesNotContainKeys("Cookie", "Te", "X-A");
            assertThat(forwarded.getFirst().field("X-Forwarded-For")).contains("127.0.0.1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     https, /synapse/demo/pipelines,     host,              other.example",
        "TRACE,   https, /synapse/demo/pipelines,     x-a,               b",
        "get,     https, /synapse/demo/pipelines,     x-a,               b",
        "GET,     https, /synapse/demo/../pipelines,  x-a,               b",
        "GET,     https, synapse/demo/pipelines,      x-a,               b",
        "OPTIONS, https, *,                           x-a,               b",
        "GET,     https, https://a.example/pipelines, x-a,               b",
        "GET,     https, /synapse/demo/a b,           x-a,               b",
        "A B,     https, /synapse/demo/pipelines,     x-a,               b",
        "GET,     https, /synapse/demo/pipelines,     content_type,      b",
        "GET,     https, /synapse/demo/pipelines,     http2-settings,    AAAA",
        "GET,     https, /synapse/demo/pipelines,     x-original-url,    /pipelines"
    })
    void ambiguousHeadIsRefusedAndRecorded(
            String method, String scheme, String path, String name, String value) throws Exception {
        Frame answer = answerTo(method, scheme, path, name, value);

        assertThat(answer.status()).isEqualTo(400);
        assertRefusedOnRecord(answer);
    }

    private Frame answerTo(String method, String scheme, String path, String name, String value)
            throws IOException {
        try (Http2RawClient client = connect()) {
            client.send(
                    HEADERS,
                    END_HEADERS | END_STREAM,
                    1,
                    head(
                            ":method",
                            method,
                            ":scheme",
                            scheme,
                            ":path",
                            path,
                            ":authority",
                            "localhost",
                            "authorization",
                            bearer(),
                            name,
                            value));
            return client.await(frame -> frame.is(HEADERS));
        }
    }

    private void assertRefusedOnRecord(Frame answer) {
        String id = answer.head().getOrDefault("x-stagedoor-decision-id", "none");
        Awaitility.await().untilAsserted(() -> assertThat(ofRequest(id)).hasSize(1));
        assertThat(fixture.workspace().requests(seen -> seen.path().contains("pipelines")))
                .isEmpty();
    }

    @Test
    void schemeThatIsNotOursIsRefusedAndTheStreamReset() throws Exception {
        try (Http2RawClient client = connect()) {
            client.send(
                    HEADERS,
                    END_HEADERS | END_STREAM,
                    1,
                    head(":method", "GET", ":scheme", "http", ":path", PATH, ":authority", "a"));

            assertThat(client.await(frame -> frame.is(HEADERS)).status()).isEqualTo(400);
            assertThat(client.await(frame -> frame.is(RST_STREAM)).error())
                    .isEqualTo(PROTOCOL_ERROR);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "connection,        x-stagedoor-principal",
        "transfer-encoding, chunked",
        "upgrade,           h2c",
        "keep-alive,        timeout=5",
        "proxy-connection,  close",
        "te,                gzip",
        "X-Upper,           a",
        "x-a,               'b\r\nX-Stagedoor-Principal: root'"
    })
    void malformedFieldResetsTheStream(String name, String value) throws Exception {
        try (Http2RawClient client = connect()) {
            byte[] head = request("POST", PATH, "authorization", bearer(), name, value);
            client.send(HEADERS, END_HEADERS | END_STREAM, 1, head);

            Frame reset = client.await(frame -> frame.is(RST_STREAM));

            assertThat(reset.error()).isEqualTo(PROTOCOL_ERROR);
            assertThat(client.seen()).noneMatch(frame -> frame.is(HEADERS));
            assertThat(fixture.workspace().requests(seen -> seen.path().contains("pipelines")))
                    .isEmpty();
        }
    }

    @Test
    void bodyOfAnotherLengthNeverReachesTheWorkspaceWhole() throws Exception {
        try (Http2RawClient client = connect()) {
            byte[] head =
                    request(
                            "PUT",
                            PATH + "/p?api-version=2020-12-01",
                            "authorization",
                            bearer(),
                            "content-length",
                            "5");
            client.send(HEADERS, END_HEADERS, 1, head);
            client.send(DATA, END_STREAM, 1, "{}".getBytes(StandardCharsets.UTF_8));

            assertThat(client.await(frame -> frame.is(RST_STREAM)).error())
                    .isEqualTo(PROTOCOL_ERROR);
        }
        assertThat(fixture.workspace().requests(seen -> seen.method().equals("PUT"))).isEmpty();
    }

    @Test
    void earlyAnswerIsWholeAndThenStopsTheBody() throws Exception {
        try (Http2RawClient client = connect()) {
            client.send(HEADERS, END_HEADERS, 1, request("PUT", PATH + "/p"));

            assertThat(client.await(frame -> frame.is(HEADERS)).status()).isEqualTo(401);
            client.await(Frame::endsStream);
            Frame reset = client.await(frame -> frame.is(RST_STREAM));
            assertThat(reset.error()).isZero();

            client.send(DATA, 0, 1, new byte[100]);
            client.send(HEADERS, END_HEADERS | END_STREAM, 3, request("GET", PATH));
            assertThat(client.await(frame -> frame.is(HEADERS)).status()).isEqualTo(401);
        }
    }

    @Test
    void resetEndsOneExchangeAndNoOther() throws Exception {
        fixture.workspace().answerAfter(Duration.ofSeconds(2));
        try (Http2RawClient client = connect()) {
            byte[] head = request("GET", PATH + "?api-version=1", "authorization", bearer());
            client.send(HEADERS, END_HEADERS | END_STREAM, 1, head);
            client.send(HEADERS, END_HEADERS | END_STREAM, 3, head);

            Awaitility.await()
                    .until(
                            () ->
                                    fixture.workspace()
                                                    .requests(
                                                            seen ->
                                                                    seen.path()
                                                                            .equals("/pipelines"))
                                                    .size()
                                            == 2);

            client.send(RST_STREAM, 0, 1, octets(8));

            Frame answer = client.await(frame -> frame.is(HEADERS));
            assertThat(answer.stream()).isEqualTo(3);
            assertThat(answer.status()).isEqualTo(200);
        }
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(JournalReading.records(fixture.journalFolder()))
                                        .extracting(each -> each.at("/outcome").asText())
                                        .contains("cut_short", "answered"));
    }

    @Test
    void drainNamesTheLastStreamAndFinishesIt() throws Exception {
        try (ProxyFixture draining = ProxyFixture.start();
                Http2RawClient client = connect(draining)) {
            draining.workspace().answerAfter(Duration.ofSeconds(2));
            String token = "Bearer " + draining.scenery().token(DemoCast.ENGINEER);
            byte[] head = request("GET", PATH + "?api-version=1", "authorization", token);
            client.send(HEADERS, END_HEADERS | END_STREAM, 1, head);
            client.send(PING, 0, 0, new byte[8]);
            client.await(frame -> frame.is(PING));

            CompletableFuture<Void> drained =
                    CompletableFuture.runAsync(() -> draining.proxy().drain());

            Frame announced = client.await(frame -> frame.is(GOAWAY));
            assertThat(announced.lastStream()).isEqualTo(Integer.MAX_VALUE);
            assertThat(announced.error()).isZero();
            Frame ping = client.await(frame -> frame.is(PING) && !frame.isAck());
            client.send(PING, 1, 0, ping.payload());
            assertThat(client.await(frame -> frame.is(GOAWAY)).lastStream()).isEqualTo(1);
            assertThat(client.await(frame -> frame.is(HEADERS)).status()).isEqualTo(200);
            client.await(Frame::endsStream);
            assertThat(client.next()).isEqualTo(Optional.empty());
            drained.join();
        }
    }
}
