package io.stagedoor.proxy.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An origin that sends exactly the octets it is told to, in plain text on a loopback address: every
 * way in which a service can misbehave.
 */
public final class RawOrigin implements AutoCloseable {

    /** What it does with one connection, from the first request on. */
    @FunctionalInterface
    public interface Script {

        /** Speaks until the conversation is over; the connection is closed then. */
        void with(Conversation conversation) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Script script;

    private RawOrigin(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
    }

    /** Starts one on a free port of an address such as {@code 127.0.0.1}. */
    public static RawOrigin start(String address, int port, Script script) {
        try {
            ServerSocket server = new ServerSocket(port, 50, InetAddress.ofLiteral(address));
            RawOrigin started = new RawOrigin(server, script);
            Thread.ofVirtual().start(started::accept);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one on 127.0.0.1. */
    public static RawOrigin start(Script script) {
        return start("127.0.0.1", 0, script);
    }

    /** Answers every request well and keeps the connection. */
    public static Script polite() {
        return conversation -> {
            while (!conversation.readHead().isEmpty()) {
                conversation.send(ok("polite"));
            }
        };
    }

    /** Returns a whole response with a short text. */
    public static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    /** Does something else from the next connection, or request of a script that asks, on. */
    public void behave(Script next) {
        script = next;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Returns how many connections were taken so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Returns how many heads of requests were read so far. */
    public int requests() {
        return requests.get();
    }

    /** Returns how many connections are open. */
    public int open() {
        return open.size();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> converse(socket));
            }
        } catch (IOException _) {
            closing.countDown();
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            script.with(new Conversation(socket));
        } catch (IOException | InterruptedException _) {
            closeQuietly(socket);
        } finally {
            open.remove(socket);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(RawOrigin::closeQuietly);
    }

    /** One connection, seen from the origin. */
    public final class Conversation {

        private final Socket socket;

        Conversation(Socket socket) {
            this.socket = socket;
        }

        /** Reads the head of a request; gives nothing at the end of the connection. */
        public String readHead() throws IOException {
            StringBuilder head = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (head.indexOf("\r\n\r\n") < 0) {
                int octet = in.read();
                if (octet < 0) {
                    return "";
                }
                head.append((char) octet);
            }
            requests.incrementAndGet();
            return head.toString();
        }

        /** Reads so many octets, or until the connection ends. */
        public int read(int octets) throws IOException {
            return socket.getInputStream().readNBytes(octets).length;
        }

        /** Sends octets, one character each. */
        public void send(String octets) throws IOException {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Sends one octet after the other, with a pause before each, until that is impossible. */
        public void drip(String octets, long pauseMillis) throws IOException, InterruptedException {
            for (int i = 0; i < octets.length(); i++) {
                pause(pauseMillis);
                send(octets.substring(i, i + 1));
            }
        }

        /** Sends the same again and again until that is impossible. */
        public void flood(String octets) throws IOException {
            String many = octets.repeat(16);
            while (!socket.isClosed()) {
                send(many);
            }
        }

        /** Does nothing until the other side closes. */
        public void stall() throws IOException {
            while (socket.getInputStream().read() >= 0) {
                // whatever comes is of no interest
            }
        }

        /** Waits, unless the origin is closed. */
        public void pause(long millis) throws InterruptedException {
            var _ = closing.await(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
        }

        /** Ends the connection by a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
