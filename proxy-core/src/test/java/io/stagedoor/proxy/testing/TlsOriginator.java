package io.stagedoor.proxy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A sidecar: takes plain connections on loopback and carries them over TLS to a server. */
public final class TlsOriginator implements AutoCloseable {

    private final ServerSocket server;
    private final SSLContext tls;
    private final int target;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private TlsOriginator(ServerSocket server, SSLContext tls, int target) {
        this.server = server;
        this.tls = tls;
        this.target = target;
    }

    /** Starts one before the server on this port of {@code localhost}. */
    public static TlsOriginator before(int port, SSLContext tls) {
        try {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
            TlsOriginator started = new TlsOriginator(server, tls, port);
            Thread.ofVirtual().start(started::accept);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Returns how many connections it has taken. */
    public int taken() {
        return open.size() / 2;
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket plain = server.accept();
                Socket secure = tls.getSocketFactory().createSocket("localhost", target);
                open.addAll(List.of(plain, secure));
                Thread.ofVirtual().start(() -> pump(plain, secure));
                Thread.ofVirtual().start(() -> pump(secure, plain));
            }
        } catch (IOException _) {
            close();
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // the other end is closed too, which is all that can be done
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : new ArrayList<>(open)) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
