package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.OVERLOADED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class VerificationTurnsTest {

    private final List<String> served = new CopyOnWriteArrayList<>();

    @Test
    void refusesAsOverloadWhatGetsNoTurnInTime() throws RefusedException {
        VerificationTurns turns = new VerificationTurns(1, Duration.ZERO);
        turns.begin("a");

        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> turns.begin("a"));

        assertThat(refused.code()).isEqualTo(OVERLOADED);
        assertThat(turns.waiting()).isZero();
        turns.end();
        turns.begin("a");
    }

    @Test
    void aClientThatAsksForManyLetsTheOthersPass() throws RefusedException {
        VerificationTurns turns = new VerificationTurns(1, Duration.ofMinutes(1));
        turns.begin("first");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 5; i++) {
                queue(turns, threads, "flood", i + 1);
            }
            queue(turns, threads, "alice", 6);
            queue(turns, threads, "bob", 7);

            turns.end();
        }

        assertThat(served)
                .containsExactly("flood", "alice", "bob", "flood", "flood", "flood", "flood");
    }

    private void queue(
            VerificationTurns turns, ExecutorService threads, String client, int thenWaiting) {
        var _ =
                threads.submit(
                        () -> {
                            turns.begin(client);
                            served.add(client);
                            turns.end();
                            return client;
                        });
        Awaitility.await().until(() -> turns.waiting() == thenWaiting);
    }

    @Test
    void asManyAsAreAllowedRunAtATime() throws RefusedException {
        VerificationTurns turns = new VerificationTurns(2, Duration.ZERO);

        turns.begin("a");
        turns.begin("b");

        assertThat(catchThrowableOfType(RefusedException.class, () -> turns.begin("c")))
                .isNotNull();
        turns.end();
        turns.begin("c");
    }
}
