package io.stagedoor.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ReloadSignalTest {

    @Test
    void everySighupCallsAndNoneEndsTheProcess() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        ReloadSignal.calls(calls::incrementAndGet);

        for (int expected = 1; expected <= 2; expected++) {
            hangUp();
            int wanted = expected;
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> calls.get() == wanted);
        }

        assertThat(calls).hasValue(2);
    }

    private static void hangUp() throws Exception {
        String self = Long.toString(ProcessHandle.current().pid());
        Process kill = new ProcessBuilder("kill", "-HUP", self).inheritIO().start();
        assertThat(kill.waitFor()).isZero();
    }
}
