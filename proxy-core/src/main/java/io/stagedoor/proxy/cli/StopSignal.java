package io.stagedoor.proxy.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the request to stop (Ctrl-C, SIGTERM) into an interrupt of the thread that works, which then
 * ends in order, and the process answers 0.
 *
 * <p>Made before the work begins, so that nothing is left behind when it is stopped while it starts;
 * closed when all of it has ended. An interrupt from elsewhere is taken as the same request, without
 * ending the process.
 */
final class StopSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final Duration TIME_TO_END = Duration.ofMinutes(2);

    private final Thread worker = Thread.currentThread();
    private final Thread hook = new Thread(this::stop, "stop");
    private final CountDownLatch ended = new CountDownLatch(1);

    private StopSignal() {}

    /** Interrupts the calling thread on a signal from now on, until this is closed. */
    static StopSignal interruptsThisThread() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Waits for the request to stop. */
    void await() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            LOG.atDebug().log("told to stop");
        }
    }

    /** Says that the work has ended; on a signal, the process ends with this. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The Java machine is ending: the hook is running and waits for nothing but this.
            ended.countDown();
        }
    }

    private void stop() {
        worker.interrupt();
        try {
            boolean inTime = ended.await(TIME_TO_END.toSeconds(), TimeUnit.SECONDS);
            Runtime.getRuntime().halt(inTime ? ExitCodes.OK : ExitCodes.FINDING);
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(ExitCodes.FINDING);
        }
    }
}
