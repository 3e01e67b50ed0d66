package io.stagedoor.proxy.reload;

/**
 * A part that several generations use, closed when the last of them lets go. Safe for any thread.
 *
 * @param <T> the type of the part
 */
final class Shared<T extends AutoCloseable> {

    private final T part;
    private int holders = 1;

    /** Makes it with one holder. */
    Shared(T part) {
        this.part = part;
    }

    T part() {
        return part;
    }

    /** Adds a holder; somebody must hold it already. */
    synchronized Shared<T> held() {
        holders++;
        return this;
    }

    /** Takes a holder away, and closes the part if it was the last. */
    void release() throws Exception {
        if (isLastReleased()) {
            part.close();
        }
    }

    private synchronized boolean isLastReleased() {
        holders--;
        return holders == 0;
    }
}
