package io.stagedoor.proxy.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * The upstream of all peers, running on the core of the client.
 *
 * @param guardedPort where the upstream's own token is asked for
 * @param openPort where anyone is served
 */
public record BenchOrigin(PinnedProcess process, int guardedPort, int openPort)
        implements AutoCloseable {

    /** The core of upstream and client. */
    public static final int CORE = 1;

    /** Starts it and waits until it listens. */
    public static BenchOrigin start(Path folder) throws IOException {
        int guarded = PeerStarter.freePort();
        int open = PeerStarter.freePort();
        PinnedProcess process =
                PinnedProcess.start(
                        folder,
                        "upstream",
                        CORE,
                        PeerStarter.java(
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.stagedoor.proxy.bench.server.BenchUpstream",
                                folder.toString(),
                                Integer.toString(guarded),
                                Integer.toString(open)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> listens(open));
        return new BenchOrigin(process, guarded, open);
    }

    private static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        }
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
