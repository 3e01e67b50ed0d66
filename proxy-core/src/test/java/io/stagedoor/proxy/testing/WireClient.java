package io.stagedoor.proxy.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A TLS client that sends exactly the octets it is given and reads one answer at a time. */
public final class WireClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    private WireClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        socket.setTcpNoDelay(true);
    }

    /**
     * One answer.
     *
     * @param status its status
     * @param head its head, from the status line on
     * @param body the octets of its body, one character each
     */
    public record Answer(int status, String head, String body) {

        /** Gives the first value of a field. */
        public Optional<String> field(String name) {
            String wanted = name.toLowerCase(Locale.ROOT) + ":";
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(wanted))
                    .map(line -> line.substring(wanted.length()).strip())
                    .findFirst();
        }
    }

    /** Connects to a loopback port. */
    public static WireClient connect(SSLContext tls, int port) throws IOException {
        return connect(tls, port, "127.0.0.1");
    }

    /** Connects to a loopback port from a loopback address. */
    public static WireClient connect(SSLContext tls, int port, String from) throws IOException {
        Socket plain =
                new Socket(
                        InetAddress.ofLiteral("127.0.0.1"), port, InetAddress.ofLiteral(from), 0);
        return new WireClient(tls.getSocketFactory().createSocket(plain, "localhost", port, true));
    }

    /** Connects, and says something before the TLS handshake. */
    public static WireClient connectAfter(SSLContext tls, int port, byte[] preface)
            throws IOException {
        Socket plain = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        plain.getOutputStream().write(preface);
        plain.getOutputStream().flush();
        return new WireClient(tls.getSocketFactory().createSocket(plain, "localhost", port, true));
    }

    /** Sends octets, one character each, in one TLS record. */
    public void send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Sets how long to wait for an answer; ten seconds else. */
    public void patience(Duration atMost) throws IOException {
        socket.setSoTimeout(Math.toIntExact(atMost.toMillis()));
    }

    /**
     * Reads the next answer to a request that was no HEAD; an interim one counts.
     *
     * @return nothing if the connection was closed instead
     */
    public Optional<Answer> read() throws IOException {
        if (socket.getSoTimeout() == 0) {
            patience(Duration.ofSeconds(10));
        }
        Optional<String> head = head();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        int status = Integer.parseInt(head.get().substring(9, 12));
        Answer bare = new Answer(status, head.get(), "");
        return Optional.of(new Answer(status, head.get(), bodyOf(bare)));
    }

    /** Reads all answers until the connection is closed. */
    public List<Answer> readAll() throws IOException {
        List<Answer> answers = new java.util.ArrayList<>();
        for (Optional<Answer> one = read(); one.isPresent(); one = read()) {
            answers.add(one.get());
        }
        return answers;
    }

    private Optional<String> head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                return Optional.empty();
            }
            head.append((char) octet);
        }
        return Optional.of(head.toString());
    }

    private String bodyOf(Answer answer) throws IOException {
        if (answer.status() < 200 || answer.status() == 204 || answer.status() == 304) {
            return "";
        }
        Optional<String> length = answer.field("Content-Length");
        return length.isPresent() ? exactly(Integer.parseInt(length.get())) : chunks();
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = size(); size > 0; size = size()) {
            body.append(exactly(size));
            exactly(2);
        }
        exactly(2);
        return body.toString();
    }

    private int size() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("the answer was cut short");
            }
            line.write(octet);
        }
        return Integer.parseInt(line.toString(StandardCharsets.ISO_8859_1).strip(), 16);
    }

    private String exactly(int octets) throws IOException {
        byte[] read = in.readNBytes(octets);
        if (read.length < octets) {
            throw new IOException("the answer was cut short");
        }
        return new String(read, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
