package io.stagedoor.proxy.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A relay between a client and a server that resets connections while octets come back: before an
 * answer has begun, within it, or just after its end. It never sees into TLS.
 */
public final class Saboteur implements AutoCloseable {

    private static final int LONGEST_REACH = 5_000;

    private final ServerSocket server;
    private final int target;
    private final Random random;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private int cuts;
    private int allowance;

    private Saboteur(ServerSocket server, int target, long seed) {
        this.server = server;
        this.target = target;
        this.random = new Random(seed);
    }

    /**
     * Starts a relay on a free loopback port.
     *
     * @param target the loopback port it relays to
     */
    public static Saboteur start(int target, long seed) throws IOException {
        Saboteur relay =
                new Saboteur(
                        new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), target, seed);
        relay.threads.execute(relay::accept);
        return relay;
    }

    /** Gives the port it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** Resets this many connections from now on, and then none. */
    public synchronized void cut(int connections) {
        cuts = connections;
        allowance = random.nextInt(LONGEST_REACH);
    }

    private synchronized boolean isCutAfter(int octets) {
        if (cuts == 0) {
            return false;
        }
        allowance -= octets;
        if (allowance > 0) {
            return false;
        }
        cuts--;
        allowance = random.nextInt(LONGEST_REACH);
        return true;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> relay(client));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket onward = new Socket(InetAddress.getLoopbackAddress(), target)) {
            threads.execute(() -> pump(client, onward));
            answer(onward, client);
        } catch (IOException _) {
            // one of the two is gone, and so is the other
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // one of the two is gone, and so is the other
        }
    }

    private void answer(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[512];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (isCutAfter(count)) {
                to.setSoLinger(true, 0);
                return;
            }
            out.write(buffer, 0, count);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
