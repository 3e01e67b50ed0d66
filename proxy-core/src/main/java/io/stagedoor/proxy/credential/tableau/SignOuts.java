package io.stagedoor.proxy.credential.tableau;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs out of sessions that are not needed any more, a few at a time, as well as it can: a session
 * that stays ends by itself. Safe for any thread; only {@link #close} waits.
 */
final class SignOuts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SignOuts.class);
    private static final int AT_ONCE = 32;

    private final SiteClient client;
    private final SessionLimits limits;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final CountDownLatch closing = new CountDownLatch(1);

    SignOuts(SiteClient client, SessionLimits limits) {
        this.client = client;
        this.limits = limits;
    }

    /** Ends a session when those who were given it have surely sent their requests, or at closing. */
    void afterGrace(SiteSession session) {
        endAfter(limits.grace(), session);
    }

    /** Ends a session now. */
    void now(SiteSession session) {
        endAfter(Duration.ZERO, session);
    }

    private void endAfter(Duration wait, SiteSession session) {
        try {
            threads.execute(() -> end(wait, session));
        } catch (RejectedExecutionException _) {
            // the proxy has stopped; the session ends by itself
        }
    }

    private void end(Duration wait, SiteSession session) {
        try {
            var _ = closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
            places.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            boolean ended = client.signOut(session.token());
            LOG.atDebug().addKeyValue("ended", ended).log("signed out of a tableau session");
        } finally {
            places.release();
        }
    }

    /** Ends at once what was to be ended later, and waits for it for a bounded time. */
    @Override
    public void close() {
        closing.countDown();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(limits.signOut().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().log("not all tableau sessions could be signed out of in time");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
