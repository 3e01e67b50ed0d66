package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.RawClient;
import io.stagedoor.proxy.testing.RawOrigin;
import io.stagedoor.proxy.testing.WebSocketEcho;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets through the whole proxy, opened on listed paths by those who may, and nowhere else. */
class TunnelIT {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String OPENING =
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: "
                    + KEY
                    + "\r\n";
    private static final String TUNNELS =
            """
                  tunnels:
                    - {name: echo, path: '/sockets/echo/{id}', requires: workspaces/read}
                    - {name: revoked, path: /sockets/revoked, requires: workspaces/read}
                    - {name: early, path: /sockets/early, requires: workspaces/read}
                    - {name: brief, path: /sockets/brief, requires: workspaces/read,
                       max_lifetime: 1s}
            """;
    private static final CastMember STRANGER = member("stranger", "d1");
    private static final CastMember GUEST = member("guest", "d2");

    private static WebSocketEcho echo;
    private static ProxyFixture fixture;

    private static CastMember member(String name, String suffix) {
        return new CastMember(
                name,
                PrincipalId.of(DemoCast.TENANT, "5a9d1f60-0000-4000-8000-0000000000" + suffix),
                PrincipalKind.USER,
                "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
                List.of());
    }

    private static ProxyFixture proxyBefore(int port) throws IOException {
        String upstream =
                "    upstream:\n      endpoints: ['http://127.0.0.1:" + port + "']\n" + TUNNELS;
        return ProxyFixture.start(
                yaml ->
                        yaml.replace("    upstream:\n", upstream)
                                .concat("  recheck_interval: 100ms\n"));
    }

    @BeforeAll
    static void start() throws IOException {
        echo = WebSocketEcho.start();
        fixture = proxyBefore(echo.port());
    }

    @AfterAll
    static void stop() {
        fixture.close();
        echo.close();
    }

    @Test
    void carriesMessagesBothWaysAndRecordsBothEnds() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open(DemoCast.ANALYST, "/sockets/echo/7?mode=a", heard);
        byte[] long1 = new byte[3 << 20];
        new Random(7).nextBytes(long1);

        socket.sendText("hello", true).join();
        socket.sendBinary(ByteBuffer.wrap(long1), true).join();

        Awaitility.await().atMost(BOUND).until(() -> heard.octets() == long1.length);
        assertThat(heard.text).hasToString("hello");
        assertThat(Arrays.equals(heard.binary.toByteArray(), long1)).isTrue();
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "done").join();
        assertThat(heard.closed.get(20, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
        JsonNode decided = record("tunnel:echo", "decided");
        JsonNode completed = completed("tunnel:echo");
        assertThat(decided.toString()).contains("permit");
        assertThat(completed.at("/outcome").asText()).isEqualTo("answered");
        assertThat(completed.at("/upstream/status").asInt()).isEqualTo(101);
        assertThat(completed.toString()).contains("closed the tunnel");
        var seen = echo.openings().getFirst();
        assertThat(seen.get("Authorization"))
                .isNotNull()
                .doesNotContain(fixture.scenery().token(DemoCast.ANALYST).substring(0, 20));
        assertThat(seen.get("X-Stagedoor-Principal")).isNotNull();
    }

    @Test
    void octetsSentWithTheOpeningAreKept() throws Exception {
        byte[] frame = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};
        String head = head("/sockets/early", DemoCast.ANALYST, OPENING);
        try (Socket socket =
                fixture.scenery()
                        .authority()
                        .trustingContext()
                        .getSocketFactory()
                        .createSocket("localhost", fixture.proxy().port())) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(head.getBytes(StandardCharsets.ISO_8859_1));
            all.write(frame);

            socket.getOutputStream().write(all.toByteArray());
            socket.setSoTimeout(20_000);

            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                answer.append((char) in.read());
            }
            assertThat(answer).startsWith("HTTP/1.1 101 ").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(in.readNBytes(4)).containsExactly(0x81, 2, 'h', 'i');
        }
    }

    @Test
    void whoMayNotIsRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> open(STRANGER, "/sockets/echo/stranger", new Heard()))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .satisfies(failure -> assertThat(statusOf(failure)).isEqualTo(403));
        assertThat(echo.openings())
                .noneMatch(seen -> seen.get("X-Stagedoor-Principal", "").endsWith("d1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sockets/other", "/pipelines/nightly", "/sockets/echo/a/b"})
    void openingElsewhereIsNoOperation(String path) throws Exception {
        String answer = exchange(head(path, DemoCast.ANALYST, OPENING));

        assertThat(answer).startsWith("HTTP/1.1 403 ").contains("unknown_operation");
    }

    @SuppressWarnings("StringConcatToTextBlock") // lines end as they do on the wire
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: h2c\r\nConnection: Upgrade\r\n",
                "Upgrade: websocket, h2c\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n",
                "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 12\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: c2hvcnQ=\r\n",
            })
    void anyOtherUpgradeIsRefused(String fields) throws Exception {
        String answer = exchange(head("/sockets/echo/1", DemoCast.ANALYST, fields));

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("upgrades are not served");
    }

    @Test
    void lostRightClosesTheTunnel() throws Exception {
        String assignment =
                fixture.workspace()
                        .assign(
                                BuiltInRoles.byName("Synapse Artifact User").orElseThrow().id(),
                                GUEST.id().objectId(),
                                "workspaces/" + DemoCast.WORKSPACE);
        Heard heard = new Heard();
        WebSocket socket =
                Awaitility.await()
                        .atMost(BOUND)
                        .ignoreExceptions()
                        .until(() -> open(GUEST, "/sockets/revoked", heard), it -> true);
        socket.sendText("hello", true).join();
        Awaitility.await().atMost(BOUND).until(() -> heard.text.length() == 5);

        fixture.workspace().unassign(assignment);

        Awaitility.await().atMost(BOUND).until(heard.closed::isDone);
        JsonNode completed = completed("tunnel:revoked");
        assertThat(completed.at("/outcome").asText()).isEqualTo("revoked");
        assertThat(completed.at("/reason").asText()).isEqualTo("not_permitted");
    }

    @Test
    void tunnelEndsAfterItsLifetime() throws Exception {
        Heard heard = new Heard();

        open(DemoCast.ANALYST, "/sockets/brief", heard);

        Awaitility.await().atMost(BOUND).until(heard.closed::isDone);
        JsonNode completed = completed("tunnel:brief");
        assertThat(completed.at("/outcome").asText()).isEqualTo("cut_short");
        assertThat(completed.toString()).contains("as long as it may");
    }

    @Test
    void upstreamThatDoesNotGrantTheOpeningGetsNoTunnel() throws Exception {
        try (RawOrigin origin = RawOrigin.start(says("Sec-WebSocket-Accept: AAAA\r\n\r\n"));
                ProxyFixture own = proxyBefore(origin.port())) {
            String request = head(own, "/sockets/early", DemoCast.ANALYST, OPENING);
            String wrong = exchange(own, request);
            origin.behave(says("\r\n"));
            String missing = exchange(own, request);
            origin.behave(
                    conversation -> {
                        conversation.readHead();
                        conversation.send(RawOrigin.ok("no socket"));
                    });
            String ordinary = exchange(own, request);

            assertThat(wrong).startsWith("HTTP/1.1 502 ").contains("upstream_failed");
            assertThat(missing).startsWith("HTTP/1.1 502 ");
            assertThat(ordinary).startsWith("HTTP/1.1 200 ").endsWith("no socket");
        }
    }

    private static RawOrigin.Script says(String rest) {
        return conversation -> {
            conversation.readHead();
            conversation.send(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\n"
                            + rest);
            conversation.stall();
        };
    }

    private static WebSocket open(CastMember caller, String path, Heard heard) {
        URI uri =
                URI.create(
                        "wss://localhost:"
                                + fixture.proxy().port()
                                + fixture.base().getPath()
                                + path);
        return fixture.client()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + fixture.scenery().token(caller))
                .buildAsync(uri, heard)
                .join();
    }

    private static int statusOf(Throwable failure) {
        var refused = (WebSocketHandshakeException) Objects.requireNonNull(failure.getCause());
        return refused.getResponse().statusCode();
    }

    private static String head(String path, CastMember caller, String fields) {
        return head(fixture, path, caller, fields);
    }

    private static String head(ProxyFixture of, String path, CastMember caller, String fields) {
        return "GET "
                + of.base().getPath()
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + of.scenery().token(caller)
                + "\r\n"
                + fields
                + "\r\n";
    }

    private static String exchange(String request) throws IOException {
        return exchange(fixture, request);
    }

    private static String exchange(ProxyFixture of, String request) throws IOException {
        return RawClient.exchange(
                of.scenery().authority().trustingContext(), of.proxy().port(), request);
    }

    private static JsonNode completed(String operation) {
        return record(operation, "completed");
    }

    private static JsonNode record(String operation, String phase) {
        return Awaitility.await()
                .atMost(BOUND)
                .until(() -> find(operation, phase), Optional::isPresent)
                .orElseThrow();
    }

    /** The last request of an operation that was permitted; a completed record names none. */
    private static Optional<JsonNode> find(String operation, String phase) {
        List<JsonNode> records = JournalReading.records(fixture.journalFolder());
        return records.stream()
                .filter(each -> each.toString().contains("\"" + operation + "\""))
                .filter(each -> each.toString().contains("permit"))
                .map(each -> each.at("/request/id").asText())
                .reduce((_, last) -> last)
                .flatMap(
                        id ->
                                records.stream()
                                        .filter(each -> each.at("/request/id").asText().equals(id))
                                        .filter(each -> each.at("/phase").asText().equals(phase))
                                        .findFirst());
    }

    /** What a WebSocket heard. */
    private static final class Heard implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        int octets() {
            return binary.size();
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            return WebSocket.Listener.super.onText(socket, data, last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] octets = new byte[data.remaining()];
            data.get(octets);
            binary.writeBytes(octets);
            return WebSocket.Listener.super.onBinary(socket, data, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return WebSocket.Listener.super.onClose(socket, status, reason);
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            closed.complete(-1);
        }
    }
}
