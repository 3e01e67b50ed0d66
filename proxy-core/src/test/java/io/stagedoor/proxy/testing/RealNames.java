package io.stagedoor.proxy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands behind the services' real names in a client's hosts file: whoever connects has gone
 * around the proxy. It listens on the port of HTTPS, which needs root.
 */
public final class RealNames implements AutoCloseable {

    /** The loopback address that the real names are given. */
    public static final String ADDRESS = "127.0.0.9";

    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();

    private RealNames(ServerSocket server) {
        this.server = server;
    }

    /** Begins to listen. */
    public static RealNames listen() throws IOException {
        RealNames listening =
                new RealNames(new ServerSocket(443, 16, InetAddress.getByName(ADDRESS)));
        Thread.ofVirtual().start(listening::accept);
        return listening;
    }

    /** Gives the number of connections so far. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                try (Socket _ = server.accept()) {
                    connections.incrementAndGet();
                }
            }
        } catch (IOException _) {
            // closed
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
