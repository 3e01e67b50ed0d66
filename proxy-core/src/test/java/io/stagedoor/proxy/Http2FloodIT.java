package io.stagedoor.proxy;

import static io.stagedoor.proxy.testing.Http2RawClient.CONTINUATION;
import static io.stagedoor.proxy.testing.Http2RawClient.DATA;
import static io.stagedoor.proxy.testing.Http2RawClient.END_HEADERS;
import static io.stagedoor.proxy.testing.Http2RawClient.END_STREAM;
import static io.stagedoor.proxy.testing.Http2RawClient.GOAWAY;
import static io.stagedoor.proxy.testing.Http2RawClient.HEADERS;
import static io.stagedoor.proxy.testing.Http2RawClient.PING;
import static io.stagedoor.proxy.testing.Http2RawClient.PRIORITY;
import static io.stagedoor.proxy.testing.Http2RawClient.RST_STREAM;
import static io.stagedoor.proxy.testing.Http2RawClient.SETTINGS;
import static io.stagedoor.proxy.testing.Http2RawClient.WINDOW_UPDATE;
import static io.stagedoor.proxy.testing.Http2RawClient.frame;
import static io.stagedoor.proxy.testing.Http2RawClient.head;
import static io.stagedoor.proxy.testing.Http2RawClient.octets;
import static io.stagedoor.proxy.testing.Http2RawClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.testing.Http2RawClient;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a hostile client does with frames ends its own connection, and nobody else's. */
class Http2FloodIT {

    private static final int PROTOCOL_ERROR = 1;
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final String PATH = "/synapse/demo/pipelines";

    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture =
                ProxyFixture.start(
                        yaml ->
                                yaml
                                        + """

                                        limits:
                                          http2:
                                            max_streams: 20
                                            max_resets: 20
                                            max_control_frames: 50
                                        """);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static Http2RawClient connect() throws IOException {
        return Http2RawClient.connect(
                fixture.scenery().authority().trustingContext(), fixture.proxy().port());
    }

    /** Ways to make a server work for nothing. */
    enum Flood {
        /** CVE-2023-44487: requests that are taken back at once. */
        RAPID_RESET {
            @Override
            byte[] round(int stream) {
                return joined(
                        frame(HEADERS, END_HEADERS | END_STREAM, stream, request("GET", PATH)),
                        frame(RST_STREAM, 0, stream, octets(8)));
            }
        },
        /** CVE-2025-8671: faults that make the server itself reset its streams. */
        MADE_YOU_RESET {
            @Override
            byte[] round(int stream) {
                return joined(
                        frame(HEADERS, END_HEADERS, stream, request("POST", PATH)),
                        frame(WINDOW_UPDATE, 0, stream, octets(0)));
            }
        },
        /** CVE-2024-27316: a head without an end, in small pieces. */
        CONTINUATIONS {
            @Override
            byte[] round(int stream) {
                return stream == 1
                        ? frame(HEADERS, END_STREAM, 1, request("GET", PATH))
                        : frame(CONTINUATION, 0, 1, head("a", "b"));
            }
        },
        /** The same in large pieces, beyond the size of a head. */
        ENDLESS_HEAD {
            @Override
            int error() {
                return PROTOCOL_ERROR;
            }

            @Override
            int rounds() {
                return 20;
            }

            @Override
            String reason() {
                return "http2_protocol";
            }

            @Override
            byte[] round(int stream) {
                return stream == 1
                        ? frame(HEADERS, END_STREAM, 1, request("GET", PATH))
                        : frame(CONTINUATION, 0, 1, head("a", "b".repeat(16_000)));
            }
        },
        /** CVE-2019-9512. */
        PINGS {
            @Override
            byte[] round(int stream) {
                return frame(PING, 0, 0, new byte[8]);
            }
        },
        /** CVE-2019-9515. */
        SETTINGS_FRAMES {
            @Override
            byte[] round(int stream) {
                return frame(SETTINGS, 0, 0, new byte[0]);
            }
        },
        /** CVE-2019-9513. */
        PRIORITIES {
            @Override
            byte[] round(int stream) {
                return frame(PRIORITY, 0, stream, new byte[5]);
            }
        },
        /** CVE-2019-9518. */
        EMPTY_DATA {
            @Override
            byte[] round(int stream) {
                return stream == 1
                        ? frame(HEADERS, END_HEADERS, 1, request("POST", PATH))
                        : frame(DATA, 0, 1, new byte[0]);
            }
        };

        abstract byte[] round(int stream);

        int error() {
            return ENHANCE_YOUR_CALM;
        }

        int rounds() {
            return 200;
        }

        String reason() {
            return "http2_flood";
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(Flood.class)
    void floodEndsItsOwnConnectionAlone(Flood flood) throws Exception {
        double before = refused(flood);
        try (Http2RawClient polite = connect();
                Http2RawClient hostile = connect()) {
            keepSending(hostile, flood);

            List<Http2RawClient.Frame> end = hostile.awaitEnd();

            assertThat(end)
                    .filteredOn(frame -> frame.is(GOAWAY))
                    .extracting(Http2RawClient.Frame::error)
                    .contains(flood.error());
            polite.send(HEADERS, END_HEADERS | END_STREAM, 1, request("GET", PATH));
            assertThat(polite.await(frame -> frame.is(HEADERS)).status()).isEqualTo(401);
        }
        assertThat(refused(flood)).isGreaterThan(before);
    }

    /** Far more than any bound; the proxy hangs up in the middle of it. */
    private static void keepSending(Http2RawClient client, Flood flood) throws IOException {
        try {
            for (int i = 0; i < flood.rounds(); i++) {
                client.write(flood.round(2 * i + 1));
            }
        } catch (SocketException | SSLException hungUp) {
            assertThat(hungUp).isNotNull();
        }
    }

    private static double refused(Flood flood) throws Exception {
        return fixture.admin("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("stagedoor_listener_refused_total"))
                .filter(line -> line.contains("\"" + flood.reason() + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf('}') + 1)))
                .sum();
    }

    @Test
    void headThatIsTooLargeIsRefusedAlone() throws Exception {
        try (Http2RawClient client = connect()) {
            byte[] head = request("GET", PATH, "x-large", "a".repeat(80_000));
            client.write(frame(HEADERS, END_STREAM, 1, part(head, 0)));
            int rest = head.length / 16_000;
            for (int i = 1; i <= rest; i++) {
                client.write(frame(CONTINUATION, i == rest ? END_HEADERS : 0, 1, part(head, i)));
            }

            assertThat(client.await(frame -> frame.is(HEADERS)).status()).isEqualTo(431);

            client.send(HEADERS, END_HEADERS | END_STREAM, 3, request("GET", PATH));
            assertThat(client.await(frame -> frame.is(HEADERS)).status()).isEqualTo(401);
        }
    }

    private static byte[] part(byte[] head, int index) {
        return java.util.Arrays.copyOfRange(
                head, index * 16_000, Math.min(head.length, (index + 1) * 16_000));
    }

    @Test
    void streamBeyondTheBoundIsRefusedAlone() throws Exception {
        try (Http2RawClient client = connect()) {
            client.send(SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
            for (int i = 0; i < 21; i++) {
                int stream = 2 * i + 1;
                client.send(HEADERS, END_HEADERS | END_STREAM, stream, request("GET", PATH));
            }

            Http2RawClient.Frame refused = client.await(frame -> frame.is(RST_STREAM));

            assertThat(refused.stream()).isEqualTo(41);
            assertThat(refused.error()).isEqualTo(7);
        }
    }
}
