package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.PooledByteBufAllocator;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import io.stagedoor.proxy.testing.Faucet;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies flow as they come and as fast as the slower side takes them, over both protocols. */
class StreamingIT {

    private static final int MEGABYTE = 1 << 20;
    private static final int PIECE = 64 * 1024;

    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = ProxyFixture.start();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static HttpRequest.Builder request(Version version, String path) {
        return HttpRequest.newBuilder(URI.create(fixture.base() + path + "?api-version=2020-12-01"))
                .version(version)
                .header("Authorization", "Bearer " + fixture.scenery().token(DemoCast.ENGINEER));
    }

    private static void reply(String path, Reply reply) {
        fixture.workspace().replyOnce(seen -> seen.path().equals(path), reply);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void eventReachesTheClientBeforeTheNextIsSent(Version version) throws Exception {
        Faucet events = new Faucet();
        reply("/notebooks/events", events.reply(200));
        events.drip("data: 0\n\n");

        HttpResponse<InputStream> answer =
                fixture.client()
                        .send(
                                request(version, "/notebooks/events").build(),
                                BodyHandlers.ofInputStream());

        assertThat(answer.version()).isEqualTo(version);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        for (int i = 0; i < 5; i++) {
            assertThat(lines.readLine()).isEqualTo("data: " + i);
            assertThat(lines.readLine()).isEmpty();
            events.drip("data: " + (i + 1) + "\n\n");
        }
        events.close();
        assertThat(lines.lines()).containsExactly("data: 5", "");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void largeDownloadWaitsForASlowClientAndNotInMemory(Version version) throws Exception {
        int pieces = 200 * MEGABYTE / PIECE;
        reply("/notebooks/large", streamed(pieces));
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

        assertThat(read).isEqualTo((long) pieces * PIECE);
        assertThat(most).as("direct memory held by buffers").isLessThan(64L * MEGABYTE);
    }

    private static long heldDirectly() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    private static Reply streamed(int pieces) {
        return new Reply.Streamed(
                new Answer(200, Map.of("Content-Type", "application/octet-stream"), ""),
                Collections.nCopies(pieces, new byte[PIECE]).iterator());
    }

    @Test
    void manyStreamsOfOneConnectionAreAllDecidedAndRecorded() throws Exception {
        int size = 10 * MEGABYTE;
        byte[] body = new byte[size];
        new Random(7).nextBytes(body);
        for (int i = 0; i < 4; i++) {
            reply("/notebooks/up" + i, Answer.empty(200));
            reply("/notebooks/down" + i, streamed(size / PIECE));
        }

        List<CompletableFuture<HttpResponse<byte[]>>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            HttpRequest.Builder call =
                    switch (i % 10) {
                        case 0 ->
                                request(Version.HTTP_2, "/notebooks/up" + i / 10)
                                        .PUT(BodyPublishers.ofByteArray(body));
                        case 5 -> request(Version.HTTP_2, "/notebooks/down" + i / 10);
                        default -> request(Version.HTTP_2, "/pipelines");
                    };
            calls.add(fixture.client().sendAsync(call.build(), BodyHandlers.ofByteArray()));
        }
        List<HttpResponse<byte[]>> answers = calls.stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(HttpResponse::version).containsOnly(Version.HTTP_2);
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(answers).filteredOn(each -> each.body().length == size).hasSize(4);
        assertThat(fixture.workspace().requests(seen -> seen.path().startsWith("/notebooks/up")))
                .hasSize(4)
                .allSatisfy(seen -> assertThat(seen.body().length()).isEqualTo(size));
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
}
