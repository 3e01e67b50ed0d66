package io.stagedoor.proxy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LeakGuardTest {

    private final LeakGuard guard = new LeakGuard();

    @Test
    void lostBufferIsFound() {
        AtomicReference<Throwable> found = new AtomicReference<>();

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> loseOneAndLook(found));

        assertThatThrownBy(() -> throwing(found.get())).hasMessageContaining("never released");
    }

    /** Drops a buffer, makes garbage so that the collector runs, and asks the guard. */
    private boolean loseOneAndLook(AtomicReference<Throwable> found) {
        assertThat(PooledByteBufAllocator.DEFAULT.buffer(64).isReadable()).isFalse();
        byte[] garbage = new byte[8 << 20];
        assertThat(garbage[0]).isZero();
        try {
            guard.afterAll(null);
            return false;
        } catch (AssertionError e) {
            found.set(e);
            return true;
        }
    }

    private static void throwing(Throwable throwable) throws Throwable {
        throw throwable;
    }
}
