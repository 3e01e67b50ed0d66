package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.proxy.testing.GuardedServices;
import io.stagedoor.proxy.testing.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose address a request has: its peer's, unless a listed peer says whom it speaks for. */
class ClientAddressIT {

    private static final String READ = "GET /pipelines/daily?api-version=2020-12-01";
    private static final String BALANCER = "proxy_protocol_from: [127.0.0.1]";
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

    private static GuardedServices behindProxies;

    @BeforeAll
    static void startBehindProxies() throws IOException {
        behindProxies = start("forwarded_from: [127.0.0.1, 10.0.0.0/8]");
    }

    @AfterAll
    static void stop() {
        behindProxies.close();
    }

    @Test
    void addressOfTheProxyHeaderIsTheClients() throws Exception {
        try (GuardedServices scene = start(BALANCER);
                WireClient client = after(scene, header(0x21, "203.0.113.7"))) {
            WireClient.Answer answer = ask(scene, client, "X-Forwarded-For: 198.51.100.1");

            assertThat(answer.status()).isEqualTo(200);
            assertAddress(scene, answer, "203.0.113.7");
        }
    }

    @Test
    void balancersOwnConnectionHasItsOwnAddress() throws Exception {
        try (GuardedServices scene = start(BALANCER);
                WireClient client = after(scene, header(0x20, "203.0.113.7"))) {
            assertAddress(scene, ask(scene, client), "127.0.0.1");
        }
    }

    @Test
    void listedPeerMustSendTheHeaderInVersionTwo() throws Exception {
        byte[] old =
                "PROXY TCP4 203.0.113.7 127.0.0.1 1 443\r\n".getBytes(StandardCharsets.US_ASCII);
        try (GuardedServices scene = start(BALANCER)) {
            for (byte[] preface : new byte[][] {{}, old, header(0x21, "").clone()}) {
                assertThatThrownBy(() -> ask(scene, after(scene, preface)))
                        .isInstanceOf(IOException.class);
            }
            assertThat(scene.fixture().admin("/metrics").body())
                    .contains("stagedoor_listener_refused_total{reason=\"proxy_protocol\"} 3.0");
        }
    }

    @Test
    void unlistedPeerMayNotSendTheHeader() throws Exception {
        try (GuardedServices scene = start("proxy_protocol_from: [127.0.0.2]")) {
            assertThatThrownBy(() -> ask(scene, after(scene, header(0x21, "203.0.113.7"))))
                    .isInstanceOf(IOException.class);
            try (WireClient plain = scene.connect()) {
                assertAddress(scene, ask(scene, plain), "127.0.0.1");
            }
        }
    }

    @Test
    void connectionsAreCountedForTheAddressOfTheHeader() throws Exception {
        try (GuardedServices scene = start(BALANCER, "max_connections_per_address: 1");
                WireClient one = after(scene, header(0x21, "203.0.113.7"));
                WireClient other = after(scene, header(0x21, "203.0.113.8"))) {
            assertThat(ask(scene, one).status()).isEqualTo(200);
            assertThat(ask(scene, other).status()).isEqualTo(200);
            assertThatThrownBy(() -> ask(scene, after(scene, header(0x21, "203.0.113.7"))))
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For: 203.0.113.7|203.0.113.7",
                "X-Forwarded-For: 198.51.100.1, 203.0.113.7, 10.0.0.9|203.0.113.7",
                "X-Forwarded-For: 203.0.113.7:4711|203.0.113.7",
                "X-Forwarded-For: 10.0.0.8, 10.0.0.9|10.0.0.8",
                "X-Forwarded-For: nonsense, 203.0.113.7|203.0.113.7",
                "Forwarded: for=203.0.113.7;proto=http;host=x|203.0.113.7",
                "Forwarded: for=198.51.100.1, for=\"[2001:db8::7]:4711\"|2001:db8:0:0:0:0:0:7",
            })
    void listedProxySaysWhoTheClientIs(String field, String address) throws Exception {
        try (WireClient client = behindProxies.connect()) {
            WireClient.Answer answer = ask(behindProxies, client, field);

            assertThat(answer.status()).isEqualTo(200);
            assertAddress(behindProxies, answer, address);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For: unknown",
                "X-Forwarded-For: 203.0.113.7,",
                "X-Forwarded-For: 203.0.113.700",
                "X-Forwarded-For: localhost",
                "X-Forwarded-For: 1.2.3.4 5.6.7.8",
                "Forwarded: for=_hidden",
                "Forwarded: proto=https",
                "Forwarded: for=1.2.3.4;for=5.6.7.8",
                "Forwarded: for=\"1.2.3.4",
                "Forwarded: for=1.2.3.4&X-Forwarded-For: 1.2.3.4",
            })
    void unclearWordOfAListedProxyIsABadRequest(String fields) throws Exception {
        try (WireClient client = behindProxies.connect()) {
            long octets = behindProxies.first().octets();

            WireClient.Answer answer = ask(behindProxies, client, fields.split("&"));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(behindProxies.first().octets()).isEqualTo(octets);
        }
    }

    private static byte[] header(int versionAndCommand, String source) throws IOException {
        byte[] signature = SIGNATURE.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer header = ByteBuffer.allocate(28).put(signature);
        if (source.isEmpty()) {
            return header.put((byte) 0x31).put((byte) 0x11).putShort((short) 12).array();
        }
        return header.put((byte) versionAndCommand)
                .put((byte) 0x11)
                .putShort((short) 12)
                .put(InetAddress.ofLiteral(source).getAddress())
                .put(new byte[] {127, 0, 0, 1})
                .putShort((short) 4711)
                .putShort((short) 443)
                .array();
    }

    private static WireClient after(GuardedServices scene, byte[] preface) throws IOException {
        return WireClient.connectAfter(scene.tls(), scene.fixture().proxy().port(), preface);
    }

    private static WireClient.Answer ask(GuardedServices scene, WireClient client, String... fields)
            throws IOException {
        client.send(scene.request(READ, "reader", fields));
        return client.read().orElseThrow(() -> new IOException("closed"));
    }

    private static void assertAddress(
            GuardedServices scene, WireClient.Answer answer, String address) {
        String id = answer.field("x-stagedoor-decision-id").orElseThrow();
        assertThat(scene.first().requests(id).getFirst().only("X-Forwarded-For"))
                .isEqualTo(address);
        assertThat(scene.first().requests(id).getFirst().all("Forwarded")).isEmpty();
        Optional<String> recorded =
                Awaitility.await()
                        .until(
                                () ->
                                        scene.decided().stream()
                                                .filter(
                                                        one ->
                                                                one.at("/request/id")
                                                                        .asText()
                                                                        .equals(id))
                                                .map(
                                                        one ->
                                                                one.at("/request/client/address")
                                                                        .asText())
                                                .findFirst(),
                                Optional::isPresent);
        assertThat(recorded).contains(address);
    }

    private static GuardedServices start(String... settings) throws IOException {
        String clients = "  clients: {" + String.join(", ", settings) + "}\n";
        return GuardedServices.start(text -> text.replaceFirst("port: 0\n", "port: 0\n" + clients));
    }
}
