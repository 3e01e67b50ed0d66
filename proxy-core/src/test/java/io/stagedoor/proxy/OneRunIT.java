package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.resourcemanager.datafactory.DataFactoryManager;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.testing.FactoryClient;
import io.stagedoor.proxy.testing.FactoryScene;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.Saboteur;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Microsoft's Data Factory client starts pipelines while answers are lost on both sides of the proxy
 * and the client tries again by its own rules: whatever it is told in the end, each start reaches the
 * factory once. {@code -Dstagedoor.tries=1000} makes more of them.
 */
class OneRunIT {

    private static final int TRIES = Integer.getInteger("stagedoor.tries", 250);
    private static final int CALLERS = 8;
    private static final long SEED = 20_261_122;

    private static FactoryScene scene;

    @BeforeAll
    static void start() throws IOException {
        scene = FactoryScene.start();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @Test
    void eachStartReachesTheFactoryOnceHoweverItsAnswersAreLost() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(threads.submit(callerOf(caller)));
            }
            List<String> told = new ArrayList<>();
            for (Future<List<String>> caller : callers) {
                told.addAll(caller.get());
            }

            Map<Optional<String>, Long> starts =
                    scene.factory().requests().stream()
                            .map(seen -> seen.field("x-ms-client-request-id"))
                            .collect(
                                    Collectors.groupingBy(
                                            Function.identity(), Collectors.counting()));
            assertThat(starts.values()).as("starts of one call").containsOnly(1L);
            assertThat(starts).hasSize(TRIES).doesNotContainKey(Optional.empty());
            assertThat(scene.factory().runs()).hasSize(TRIES).containsAll(told);
            assertThat(told).as("run ids that callers were told").doesNotHaveDuplicates();
            assertThat(decided()).as("tries of all calls").isGreaterThan(TRIES + TRIES / 4);
            assertThat(told.size()).as("most callers get their run id").isGreaterThan(TRIES / 3);
        }
    }

    private static long decided() {
        return JournalReading.recordsFrom(scene.fixture().journalFolder(), 0).stream()
                .filter(record -> record.has("decision"))
                .count();
    }

    /** One after another: each start with its faults, some of them on either side of the proxy. */
    private static Callable<List<String>> callerOf(int number) {
        return () -> {
            List<String> told = new ArrayList<>();
            Random random = new Random(SEED + number);
            try (Saboteur relay = Saboteur.start(scene.fixture().proxy().port(), SEED + number)) {
                DataFactoryManager client =
                        FactoryClient.of(
                                scene,
                                DemoCast.ENGINEER,
                                "https://localhost:" + relay.port() + "/arm");
                for (int i = number; i < TRIES; i += CALLERS) {
                    String pipeline = "p" + i;
                    faultOf(random).ifPresent(fault -> loseOnce(pipeline, fault));
                    relay.cut(Math.max(0, random.nextInt(6) - 2));
                    start(client, pipeline).ifPresent(told::add);
                }
            }
            return told;
        };
    }

    private static void loseOnce(String pipeline, Reply fault) {
        scene.factory()
                .replyOnce((SeenRequest seen) -> seen.path().contains("/" + pipeline + "/"), fault);
    }

    /** What becomes of the factory's answer, whose run has begun. */
    private static Optional<Reply> faultOf(Random random) {
        Answer answer = Answer.json(200, "{\"runId\":\"" + "0".repeat(36) + "\"}");
        return switch (random.nextInt(8)) {
            case 0 -> Optional.of(new Reply.Dropped());
            case 1 -> Optional.of(new Reply.Truncated(answer, random.nextInt(40)));
            case 2 -> Optional.of(Answer.json(503, "{\"error\":{\"code\":\"Busy\"}}"));
            case 3 -> Optional.of(Answer.json(500, "{\"error\":{\"code\":\"Broken\"}}"));
            default -> Optional.empty();
        };
    }

    /** The client's last word: a run id, or a failure after which it does not know. */
    private static Optional<String> start(DataFactoryManager client, String pipeline) {
        try {
            return Optional.of(client.pipelines().createRun("rg1", "f1", pipeline).runId());
        } catch (RuntimeException _) {
            return Optional.empty();
        }
    }
}
