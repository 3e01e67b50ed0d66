package io.stagedoor.proxy.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Waits until the process is told to stop (Ctrl-C, SIGTERM), then ends it in order.
 *
 * <p>On a signal the ending runs in the shutdown of the Java machine and the process answers 0. An
 * interrupt of the waiting thread ends in the same way but leaves the process alive, for tests.
 */
final class UntilStopped {
    private UntilStopped() {}

    /**
     * Waits, and runs the ending exactly once.
     *
     * @throws InterruptedException when the thread was interrupted; the ending has run then
     */
    static void then(Runnable ending) throws InterruptedException {
        Thread onSignal =
                new Thread(
                        () -> {
                            ending.run();
                            Runtime.getRuntime().halt(ExitCodes.OK);
                        },
                        "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            new CountDownLatch(1).await();
        } finally {
            Runtime.getRuntime().removeShutdownHook(onSignal);
            ending.run();
        }
    }
}
