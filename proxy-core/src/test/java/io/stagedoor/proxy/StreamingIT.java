package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.PooledByteBufAllocator;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.Origin;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies flow as they come and as fast as the slower side takes them, over both protocols. */
class StreamingIT {

    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                    + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    private static final int MEGABYTE = 1 << 20;

    private static Origin origin;
    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture =
                ProxyFixture.start(
                        yaml -> origin.inPlaceOfWorkspace(yaml),
                        scenery -> origin = Origin.start(scenery));
    }

    @AfterAll
    static void stop() throws IOException {
        fixture.close();
        origin.close();
    }

    private static HttpRequest.Builder request(Version version, String path) {
        return HttpRequest.newBuilder(
                        URI.create(fixture.base() + path + "?api-version=2020-12-01"))
                .version(version)
                .header(
                        "Authorization",
                        "Bearer " + fixture.scenery().token(DemoCast.ENGINEER));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void eventReachesTheClientBeforeTheNextIsSent(Version version) throws Exception {
        Semaphore next = new Semaphore(0);
        origin.on(
                "/notebooks/events",
                (seen, in, out) -> {
                    Origin.write(out, CHUNKED);
                    for (int i = 0; i < 5; i++) {
                        String event = "data: " + i + "\n\n";
                        Origin.write(out, Integer.toHexString(event.length()) + "\r\n");
                        Origin.write(out, event + "\r\n");
                        next.acquire();
                    }
                    Origin.write(out, "0\r\nX-Trailer: lost\r\n\r\n");
                });

        HttpResponse<InputStream> answer =
                fixture.client()
                        .send(
                                request(version, "/notebooks/events").build(),
                                BodyHandlers.ofInputStream());

        assertThat(answer.version()).isEqualTo(version);
        List<String> events = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body()));
        for (int i = 0; i < 5; i++) {
            events.add(lines.readLine());
            lines.readLine();
            next.release();
        }
        assertThat(events).containsExactly("data: 0", "data: 1", "data: 2", "data: 3", "data: 4");
        assertThat(lines.readLine()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void largeDownloadWaitsForASlowClientAndNotInMemory(Version version) throws Exception {
        int size = 200 * MEGABYTE;
        origin.on("/notebooks/large", (seen, in, out) -> send(out, size));
        HttpResponse<InputStream> answer =
                fixture.client()
                        .send(
                                request(version, "/notebooks/large").build(),
                                BodyHandlers.ofInputStream());

        long most = 0;
        long read = 0;
        byte[] buffer = new byte[64 * 1024];
        InputStream body = answer.body();
        int count = body.read(buffer);
        while (count >= 0) {
            read += count;
            most = Math.max(most, heldDirectly());
            count = body.read(buffer);
        }

        assertThat(read).isEqualTo(size);
        assertThat(most).as("direct memory held by buffers").isLessThan(64L * MEGABYTE);
    }

    private static long heldDirectly() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    private static void send(OutputStream out, int size) throws IOException {
        Origin.write(
                out,
                "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
                        + "Connection: close\r\nContent-Length: "
                        + size
                        + "\r\n\r\n");
        byte[] piece = new byte[64 * 1024];
        for (int sent = 0; sent < size; sent += piece.length) {
            out.write(piece);
        }
        out.flush();
    }

    @Test
    void manyStreamsOfOneConnectionAreAllDecidedAndRecorded() throws Exception {
        int size = 10 * MEGABYTE;
        origin.on(
                "/notebooks/echo",
                (seen, in, out) -> {
                    int length = Integer.parseInt(seen.field("Content-Length").orElseThrow());
                    String digest = digest(in.readNBytes(length));
                    Origin.write(
                            out,
                            "HTTP/1.1 200 OK\r\nX-Digest: "
                                    + digest
                                    + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                });
        origin.on("/notebooks/ten", (seen, in, out) -> send(out, size));
        byte[] body = new byte[size];
        new java.util.Random(7).nextBytes(body);

        List<CompletableFuture<HttpResponse<byte[]>>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            HttpRequest.Builder call =
                    i % 10 == 0
                            ? request(Version.HTTP_2, "/notebooks/echo")
                                    .PUT(BodyPublishers.ofByteArray(body))
                            : request(Version.HTTP_2, i % 10 == 5 ? "/notebooks/ten" : "/pipelines");
            calls.add(fixture.client().sendAsync(call.build(), BodyHandlers.ofByteArray()));
        }
        List<HttpResponse<byte[]>> answers = calls.stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(HttpResponse::version).containsOnly(Version.HTTP_2);
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(answers)
                .flatExtracting(answer -> answer.headers().allValues("x-digest"))
                .hasSize(4)
                .containsOnly(digest(body));
        assertThat(answers).filteredOn(each -> each.body().length == size).hasSize(4);
        Awaitility.await().untilAsserted(() -> assertEachIsRecorded(answers));
    }

    private static void assertEachIsRecorded(List<HttpResponse<byte[]>> answers) {
        List<JsonNode> records = JournalReading.records(fixture.journalFolder());
        List<String> answered =
                records.stream()
                        .filter(record -> record.at("/outcome").asText().equals("answered"))
                        .map(record -> record.at("/request/id").asText())
                        .toList();
        assertThat(answered)
                .containsAll(
                        answers.stream()
                                .flatMap(
                                        answer ->
                                                answer
                                                        .headers()
                                                        .allValues("x-stagedoor-decision-id")
                                                        .stream())
                                .toList());
    }

    private static String digest(byte[] octets) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    }

    /** The client's window stands still while the workspace takes nothing. */
    @Test
    void uploadIsReadNoFasterThanTheWorkspaceTakesIt() throws Exception {
        Semaphore read = new Semaphore(0);
        origin.on(
                "/notebooks/slow",
                (seen, in, out) -> {
                    read.acquire();
                    in.readNBytes(Integer.parseInt(seen.field("Content-Length").orElseThrow()));
                    Origin.write(
                            out,
                            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                });
        byte[] body = new byte[64 * MEGABYTE];

        CompletableFuture<HttpResponse<String>> answer =
                fixture.client()
                        .sendAsync(
                                request(Version.HTTP_2, "/notebooks/slow")
                                        .PUT(BodyPublishers.ofByteArray(body))
                                        .build(),
                                BodyHandlers.ofString(StandardCharsets.UTF_8));
        HttpResponse<String> other =
                fixture.client()
                        .send(request(Version.HTTP_2, "/pipelines").build(), BodyHandlers.ofString());

        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(heldDirectly()).isLessThan(64L * MEGABYTE);
        assertThat(answer).isNotDone();
        read.release();
        assertThat(answer.join().statusCode()).isEqualTo(200);
    }
}
