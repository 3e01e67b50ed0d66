package io.stagedoor.proxy.serverinfo;

import io.stagedoor.proxy.http.ServerInfo;
import java.io.IOException;

/** Asks a Tableau server what it is. */
@FunctionalInterface
public interface ServerInfoSource extends AutoCloseable {

    /**
     * Asks once. Blocks for a bounded time; called by one thread at a time.
     *
     * @throws IOException if there is no answer, or it is not what is documented
     */
    ServerInfo ask() throws IOException;

    @Override
    default void close() {}
}
