package io.stagedoor.proxy.upstream.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SlotsTest {

    @Test
    void whoWaitsIsServedInOrderAndNobodyOvertakes() {
        Slots slots = new Slots(1, 2);
        List<String> served = new ArrayList<>();
        assertThat(slots.tryTake()).isTrue();
        assertThat(slots.await(() -> served.add("first"))).isTrue();
        assertThat(slots.await(() -> served.add("second"))).isTrue();

        slots.free();
        assertThat(served).containsExactly("first");
        assertThat(slots.tryTake()).isFalse();
        slots.free();
        assertThat(served).containsExactly("first", "second");
        slots.free();
        assertThat(slots.tryTake()).isTrue();
    }

    @Test
    void queueIsBounded() {
        Slots slots = new Slots(1, 1);
        assertThat(slots.tryTake()).isTrue();

        assertThat(slots.await(() -> {})).isTrue();
        assertThat(slots.await(() -> {})).isFalse();
        assertThat(slots.waiting()).isEqualTo(1);
    }

    @Test
    void whoLeavesIsNotServed() {
        Slots slots = new Slots(1, 1);
        AtomicInteger served = new AtomicInteger();
        Runnable turn = served::incrementAndGet;
        assertThat(slots.tryTake()).isTrue();
        assertThat(slots.await(turn)).isTrue();

        assertThat(slots.leave(turn)).isTrue();
        assertThat(slots.leave(turn)).isFalse();
        slots.free();

        assertThat(served).hasValue(0);
        assertThat(slots.used()).isZero();
        assertThat(slots.waiting()).isZero();
    }

    @Test
    void noSlotIsLostAndNobodyForgottenWhenManyThreadsTakeAndFree() throws InterruptedException {
        int threads = 8;
        int rounds = 5_000;
        Slots slots = new Slots(3, threads);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            Thread.ofVirtual().start(() -> takeAndFree(slots, rounds, inside, most, done));
        }
        done.await();

        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(slots.used()).isZero();
        assertThat(slots.waiting()).isZero();
    }

    private static void takeAndFree(
            Slots slots,
            int rounds,
            AtomicInteger inside,
            AtomicInteger most,
            CountDownLatch done) {
        for (int i = 0; i < rounds; i++) {
            CountDownLatch turn = new CountDownLatch(1);
            if (!slots.tryTake()) {
                assertThat(slots.await(turn::countDown)).isTrue();
                awaitTurn(turn);
            }
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            inside.decrementAndGet();
            slots.free();
        }
        done.countDown();
    }

    private static void awaitTurn(CountDownLatch turn) {
        try {
            turn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
