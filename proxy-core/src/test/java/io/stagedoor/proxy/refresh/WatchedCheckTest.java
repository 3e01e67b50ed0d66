package io.stagedoor.proxy.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.directory.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchedCheckTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger looks = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void oneLookServesAllWhoAskAtTheSameTime() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        WatchedCheck check = check(LONG, () -> waitingFor(open));
        List<Future<Observation>> asked = new ArrayList<>();

        for (int i = 0; i < 200; i++) {
            asked.add(threads.submit(check::observe));
        }
        open.countDown();

        for (Future<Observation> each : asked) {
            assertThat(each.get(30, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.WELL);
        }
        assertThat(looks).hasValue(1);
    }

    @Test
    void aFindingIsUsedForItsTimeAndNoLonger() {
        WatchedCheck check = check(LONG, () -> Finding.unwell("paused"));
        Observation first = check.observe();
        clock.advance(Duration.ofSeconds(14));

        assertThat(check.observe()).isEqualTo(first);
        assertThat(check.atHand()).contains(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(check.atHand()).isEmpty();
        assertThat(check.observe().at()).isAfter(first.at());
        assertThat(looks).hasValue(2);
    }

    @Test
    void whatTakesTooLongIsUnknownAndNobodyElseWaitsForIt() {
        CountDownLatch never = new CountDownLatch(1);
        WatchedCheck check = check(Duration.ofMillis(20), () -> waitingFor(never));

        Observation late = check.observe();

        assertThat(late.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(late.finding().value()).isEqualTo("no answer within 20 ms");
        assertThat(check.atHand()).contains(late);
        assertThat(check.observe()).isEqualTo(late);
        assertThat(looks).hasValue(1);
    }

    @Test
    void aLookThatHangsIsNotJoinedByAnother() {
        CountDownLatch never = new CountDownLatch(1);
        WatchedCheck check = check(Duration.ofMillis(20), () -> waitingFor(never));
        var _ = check.observe();
        clock.advance(Duration.ofMinutes(1));

        assertThat(check.observe().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(looks).hasValue(1);
    }

    @Test
    void aFaultOfACheckIsUnknown() {
        WatchedCheck check =
                check(
                        LONG,
                        () -> {
                            throw new IllegalStateException("planted");
                        });

        assertThat(check.observe().finding()).isEqualTo(Finding.unknown("the check failed"));
    }

    @Test
    void theSourceIsPartOfTheName() {
        assertThat(check(LONG, () -> Finding.well("")).name()).isEqualTo("warehouse/fake");
    }

    private WatchedCheck check(Duration patience, Supplier<Finding> look) {
        SourceCheck fake =
                new SourceCheck() {
                    @Override
                    public String name() {
                        return "fake";
                    }

                    @Override
                    public Finding look() {
                        looks.incrementAndGet();
                        return look.get();
                    }
                };
        return new WatchedCheck(
                "warehouse",
                fake,
                new WatchedCheck.Times(Duration.ofSeconds(15), patience),
                threads,
                clock);
    }

    private static Finding waitingFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return Finding.well("online");
    }
}
