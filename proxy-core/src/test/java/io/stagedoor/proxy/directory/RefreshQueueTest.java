package io.stagedoor.proxy.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefreshQueueTest {

    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger together = new AtomicInteger();
    private final AtomicInteger mostTogether = new AtomicInteger();
    private final Semaphore mayEnd = new Semaphore(0);
    private final RefreshQueue queue = new RefreshQueue("test", this::run);

    @Test
    void runsOnceForAllWhoAskDuringOne() throws Exception {
        CompletableFuture<RefreshOutcome> first = queue.request();
        List<CompletableFuture<RefreshOutcome>> during =
                IntStream.range(0, 50).mapToObj(_ -> queue.request()).toList();

        mayEnd.release(2);

        assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(loaded(1));
        for (CompletableFuture<RefreshOutcome> outcome : during) {
            assertThat(outcome.get(60, TimeUnit.SECONDS)).isEqualTo(loaded(2));
        }
        assertThat(mostTogether).hasValue(1);
    }

    @Test
    void runsAgainForWhoAsksAfterwards() throws Exception {
        mayEnd.release(2);
        queue.request().get(60, TimeUnit.SECONDS);

        assertThat(queue.request().get(60, TimeUnit.SECONDS)).isEqualTo(loaded(2));
    }

    @Test
    void letsNoCallerEndTheWaitOfOthers() throws Exception {
        CompletableFuture<RefreshOutcome> impatient = queue.request();

        assertThat(impatient.cancel(true)).isTrue();
        CompletableFuture<RefreshOutcome> other = queue.request();
        mayEnd.release(2);

        assertThat(other.get(60, TimeUnit.SECONDS)).isEqualTo(loaded(2));
    }

    @Test
    void goesOnAfterARefreshThatBroke() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        RefreshQueue fragile =
                new RefreshQueue(
                        "fragile",
                        () -> {
                            if (calls.incrementAndGet() == 1) {
                                throw new IllegalStateException("broken on purpose");
                            }
                            return loaded(calls.get());
                        });

        assertThat(fragile.request().get(60, TimeUnit.SECONDS))
                .isEqualTo(
                        new RefreshOutcome.Failed(
                                "the reading ended abnormally", Optional.empty()));
        assertThat(fragile.request().get(60, TimeUnit.SECONDS)).isEqualTo(loaded(2));
    }

    private RefreshOutcome run() {
        int number = runs.incrementAndGet();
        mostTogether.accumulateAndGet(together.incrementAndGet(), Math::max);
        mayEnd.acquireUninterruptibly();
        together.decrementAndGet();
        return loaded(number);
    }

    private static RefreshOutcome loaded(int number) {
        return new RefreshOutcome.Loaded("run", number);
    }
}
