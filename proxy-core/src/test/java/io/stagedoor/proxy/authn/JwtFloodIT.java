package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.TOKEN_UNKNOWN_KEY;
import static io.stagedoor.proxy.refusal.Code.TOKEN_WRONG_ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.testing.Http2RawClient;
import io.stagedoor.proxy.testing.Http2RawClient.Frame;
import io.stagedoor.proxy.testing.WireClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Many strangers at once: rows 86, 87 and 92 of the table. None of them moves the issuer. */
@Isolated("it reads the whole log, and shares its scene")
class JwtFloodIT extends JwtStory {

    private static final int CONNECTIONS = 10;
    private static final int STREAMS = 100;

    @Test
    @DisplayName("86 10,000 requests, each with a random kid")
    void unknownKeyIdsCauseOneFetchInACoolDown() throws Exception {
        String good = scene.issuers().good().sign(TestKeys.RSA);
        String[] parts = good.split("\\.");

        assertAllRefused(10_000, i -> forged(i, parts));

        scene.assertFetches(1);
        scene.serves(good);
        scene.issuers().clock.advance(AuthnFixture.TIMES.coolDown());
        scene.refuses(forged(-1, parts), TOKEN_UNKNOWN_KEY, 2);
    }

    private static String forged(int number, String[] parts) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"k" + number + "\"}";
        return Draft.encode(header) + "." + parts[1] + "." + parts[2];
    }

    @Test
    @DisplayName("87 1,000 requests, each with a random iss")
    void unlistedIssuersCauseNoConnectionAtAll() throws Exception {
        Draft good = scene.issuers().good();
        String signature = good.sign(TestKeys.RSA).split("\\.")[2];
        String header = Draft.encode(good.header().toString());

        assertAllRefused(
                1_000,
                i -> {
                    Draft foreign =
                            good.claim("iss", scene.issuers().attacker.base() + "/unlisted-" + i);
                    String claims = Draft.encode(foreign.claims().toString());
                    return header + "." + claims + "." + signature;
                });

        assertThat(scene.issuers().server.allHits()).isZero();
        assertThat(scene.issuers().attacker.allHits()).isZero();
        scene.refuses(
                good.claim("iss", scene.issuers().attacker.base()).sign(TestKeys.RSA),
                TOKEN_WRONG_ISSUER,
                0);
    }

    /** Sends them on some connections side by side, each one request after the other. */
    private static void assertAllRefused(int count, IntFunction<String> token)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> refused =
                    IntStream.range(0, CONNECTIONS)
                            .mapToObj(
                                    first -> threads.submit(() -> refusedFrom(first, count, token)))
                            .toList();
            int all = 0;
            for (Future<Integer> each : refused) {
                all += each.get();
            }
            assertThat(all).isEqualTo(count);
        }
        scene.countAnswers(count);
    }

    private static int refusedFrom(int first, int count, IntFunction<String> token)
            throws IOException {
        int refused = 0;
        try (WireClient client = scene.connect()) {
            for (int i = first; i < count; i += CONNECTIONS) {
                client.send(JwtScene.request(JwtScene.bearer(token.apply(i))));
                refused += client.read().orElseThrow().status() == 401 ? 1 : 0;
            }
        }
        return refused;
    }

    /** Bob is nobody here, so that his requests end with the verdict on his token and a 403. */
    @Test
    @DisplayName("92 1,000 first requests at once with a fresh kid")
    void aHerdWithAFreshKeyCausesOneFetch() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ObjectNode fresh = TestKeys.keySet(TestKeys.jwk("fresh", TestKeys.OTHER_RSA));
        scene.issuers()
                .server
                .on(
                        AuthnFixture.KEYS,
                        exchange -> {
                            asked.countDown();
                            await(answer);
                            LoopbackIssuer.send(exchange, 200, fresh.toString());
                        });
        List<Http2RawClient> herd = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            herd.add(Http2RawClient.connect(scene.tls(), scene.proxy().proxy().port()));
            herd.getLast().write(requests(i));
        }
        await(asked);
        answer.countDown();

        for (Http2RawClient client : herd) {
            assertThat(statuses(client)).hasSize(STREAMS).containsOnly(403);
            client.close();
        }

        scene.countAnswers(CONNECTIONS * STREAMS);
        scene.assertFetches(1);
        scene.issuers().publishAll();
    }

    private static byte[] requests(int connection) {
        Draft draft =
                scene.issuers()
                        .good()
                        .header("kid", "fresh")
                        .claim("oid", JwtScene.BOB)
                        .claim("groups", List.of());
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < STREAMS; i++) {
            String token = draft.claim("uti", "t" + connection + "-" + i).sign(TestKeys.OTHER_RSA);
            frames.writeBytes(
                    Http2RawClient.frame(
                            Http2RawClient.HEADERS,
                            Http2RawClient.END_HEADERS | Http2RawClient.END_STREAM,
                            2 * i + 1,
                            Http2RawClient.head(
                                    ":method",
                                    "GET",
                                    ":scheme",
                                    "https",
                                    ":path",
                                    "/pipelines/daily?api-version=2020-12-01",
                                    ":authority",
                                    JwtScene.HOST,
                                    "authorization",
                                    "Bearer " + token)));
        }
        return frames.toByteArray();
    }

    private static List<Integer> statuses(Http2RawClient client) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        while (statuses.size() < STREAMS) {
            Frame head = client.await(frame -> frame.is(Http2RawClient.HEADERS));
            statuses.add(head.status());
        }
        return statuses;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
