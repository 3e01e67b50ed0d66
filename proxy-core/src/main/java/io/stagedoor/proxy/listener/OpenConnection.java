package io.stagedoor.proxy.listener;

import io.netty.channel.EventLoop;

/** A client's connection as the listener sees it, which counts all of them and ends them. */
interface OpenConnection {

    /** Returns the event loop that owns the connection. */
    EventLoop eventLoop();

    /** Closes what has waited for the client for too long; for any thread. */
    void closeIfLate(long now, ListenerLimits limits);

    /** Lets no further request begin, and closes when those under way have been answered. */
    void drain();

    /** Closes the connection at once. */
    void abort();
}
