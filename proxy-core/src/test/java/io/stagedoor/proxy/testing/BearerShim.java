package io.stagedoor.proxy.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A plain-text port in front of a proxy, for clients that speak neither TLS nor tokens: each
 * connection's first request is given the token, and all octets go through TLS.
 */
public final class BearerShim implements AutoCloseable {

    private final ServerSocket server;
    private final ProxyFixture proxy;
    private final String token;

    private BearerShim(ServerSocket server, ProxyFixture proxy, String token) {
        this.server = server;
        this.proxy = proxy;
        this.token = token;
    }

    /** Starts one on a free port. */
    public static BearerShim start(ProxyFixture proxy, String token) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        BearerShim shim = new BearerShim(server, proxy, token);
        Thread.ofVirtual().start(shim::accept);
        return shim;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket behind =
                        proxy.scenery()
                                .authority()
                                .trustingContext()
                                .getSocketFactory()
                                .createSocket("localhost", proxy.proxy().port())) {
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            behind.getOutputStream().write(withToken(client.getInputStream()));
            Thread back = Thread.ofVirtual().start(() -> pump(behind, client));
            pump(client, behind);
            back.join();
        } catch (IOException e) {
            // the other side sees the end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] withToken(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int octet = in.read();
        while (octet >= 0) {
            head.write(octet);
            boolean firstLine = octet == '\n' && count(head) == 1;
            if (firstLine) {
                break;
            }
            octet = in.read();
        }
        head.writeBytes(
                ("Authorization: Bearer " + token + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return head.toByteArray();
    }

    private static long count(ByteArrayOutputStream head) {
        return head.toString(StandardCharsets.ISO_8859_1).chars().filter(c -> c == '\n').count();
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
