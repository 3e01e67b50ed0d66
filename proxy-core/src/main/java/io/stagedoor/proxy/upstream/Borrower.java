package io.stagedoor.proxy.upstream;

/**
 * An exchange that needs a connection. Called on its own event loop only; one of {@link
 * #onConnection} and {@link #onNoConnection} is called once for each time it asked.
 */
public interface Borrower extends ResponseReceiver {

    /** Returns whether the connection is needed still. */
    boolean isWaiting();

    /** Returns when its time is over at the latest, by {@link System#nanoTime}. */
    long endsAt();

    /** Returns whether the connection must not have carried another exchange. */
    boolean needsFresh();

    /** Takes the connection, which is ready to be written to. */
    void onConnection(UpstreamConnection connection);

    /** Says that there will be none: nothing was sent. */
    void onNoConnection(NoConnection reason);
}
