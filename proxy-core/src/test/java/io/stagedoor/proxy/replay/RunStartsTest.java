package io.stagedoor.proxy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.http.Fields;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunStartsTest {

    private static final PrincipalId ALICE = PrincipalId.of("t1", "alice");
    private static final RunStartKey KEY = key(ALICE, "POST /pipelines/daily/createRun", "id-1");

    private final AtomicLong nanos = new AtomicLong();
    private final RunStarts starts = new RunStarts(Duration.ofMinutes(5), 100, nanos::get);

    @Test
    void repetitionGetsTheAnswerOfTheFirstCall() {
        RunStart.Ticket ticket = first(starts.claim(KEY));
        CompletableFuture<KeptAnswer> repeated = repeat(starts.claim(KEY));

        ticket.answered(answer("run-1"));

        assertThat(repeated).isCompletedWithValueMatching(kept -> kept.requestId().equals("run-1"));
        assertThat(repeat(starts.claim(KEY))).isCompleted();
    }

    @Test
    void callThatStartedNothingMayBeMadeAgain() {
        RunStart.Ticket ticket = first(starts.claim(KEY));
        CompletableFuture<KeptAnswer> waiting = repeat(starts.claim(KEY));

        ticket.notStarted();

        assertThat(waiting).isCompletedExceptionally();
        assertThat(starts.claim(KEY)).isInstanceOf(RunStart.First.class);
    }

    @Test
    void lateTicketDoesNotForgetTheCallThatTookItsPlace() {
        RunStart.Ticket stale = first(starts.claim(KEY));
        nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        first(starts.claim(KEY));

        stale.notStarted();

        assertThat(starts.claim(KEY)).isInstanceOf(RunStart.Repeat.class);
    }

    @Test
    void anotherPrincipalTargetOrIdIsAnotherCall() {
        starts.claim(KEY);

        assertThat(starts.claim(key(PrincipalId.of("t1", "bob"), KEY.target(), "id-1")))
                .isInstanceOf(RunStart.First.class);
        assertThat(starts.claim(key(ALICE, "POST /pipelines/other/createRun", "id-1")))
                .isInstanceOf(RunStart.First.class);
        assertThat(starts.claim(key(ALICE, KEY.target(), "id-2")))
                .isInstanceOf(RunStart.First.class);
    }

    @Test
    void callIsForgottenAfterItsTime() {
        first(starts.claim(KEY)).answered(answer("run-1"));

        nanos.addAndGet(Duration.ofMinutes(5).toNanos());

        assertThat(starts.claim(KEY)).isInstanceOf(RunStart.First.class);
    }

    private static RunStartKey key(PrincipalId principal, String target, String id) {
        return new RunStartKey(principal, "ws1", target, id);
    }

    private static RunStart.Ticket first(RunStart start) {
        assertThat(start).isInstanceOf(RunStart.First.class);
        return ((RunStart.First) start).ticket();
    }

    private static CompletableFuture<KeptAnswer> repeat(RunStart start) {
        assertThat(start).isInstanceOf(RunStart.Repeat.class);
        return ((RunStart.Repeat) start).answer().toCompletableFuture();
    }

    private static KeptAnswer answer(String id) {
        return new KeptAnswer(id, 202, Fields.none(), new byte[0]);
    }
}
