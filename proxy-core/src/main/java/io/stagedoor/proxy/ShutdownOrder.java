package io.stagedoor.proxy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been opened, to be closed in reverse. A part that fails to close does not keep the others
 * from closing. Used by one thread at a time.
 */
final class ShutdownOrder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownOrder.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Remembers a part and returns it. */
    <T extends AutoCloseable> T closing(T part) {
        opened.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            closeOne(opened.pop());
        }
    }

    private static void closeOne(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.atError()
                    .addKeyValue("part", part.getClass().getSimpleName())
                    .setCause(e)
                    .log("a part did not close");
        }
    }
}
