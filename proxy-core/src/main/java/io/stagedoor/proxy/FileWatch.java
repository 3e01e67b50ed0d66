package io.stagedoor.proxy;

import io.stagedoor.proxy.reload.FileDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files of a running proxy every second: certificates, and the configuration with all
 * that it names.
 *
 * <p>A change is acted on when two looks in a row saw the same, so that files which are being written
 * are left alone. One thread of its own does all the work.
 */
final class FileWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private enum Call {
        LOOK,
        END
    }

    private final Optional<Reloading> reloading;
    private final Optional<CertificateWatch> certificates;
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private Optional<FileDigest> seenOnce = Optional.empty();

    FileWatch(Optional<Reloading> reloading, Optional<CertificateWatch> certificates) {
        this.reloading = reloading;
        this.certificates = certificates;
    }

    /** Begins to look, until {@link #close}. */
    void start() {
        Thread.ofVirtual().name("file-watch").start(this::watch);
    }

    /** Has everything looked at and loaded now, whether it seems to have changed or not. */
    void lookNow() {
        calls.add(Call.LOOK);
    }

    private void watch() {
        try {
            Optional<Call> call = next();
            while (call.filter(Call.END::equals).isEmpty()) {
                look(call.isPresent());
                call = next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Call> next() throws InterruptedException {
        return Optional.ofNullable(calls.poll(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void look(boolean called) {
        try {
            certificates.ifPresent(CertificateWatch::look);
            reloading.ifPresent(each -> reloadIfDue(each, called));
        } catch (RuntimeException fault) {
            LOG.atError().setCause(fault).log("the files could not be looked at");
        }
    }

    private void reloadIfDue(Reloading each, boolean called) {
        FileDigest now = each.digest();
        boolean settled = seenOnce.filter(now::equals).isPresent();
        seenOnce = Optional.of(now);
        if (called || (each.isDue(now) && settled)) {
            each.reload();
        }
    }

    @Override
    public void close() {
        calls.add(Call.END);
    }
}
