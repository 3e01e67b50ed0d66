package io.stagedoor.proxy.doctor;

import io.stagedoor.proxy.authn.keys.TlsTrust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Connects to a server as a stranger: by TLS with the authorities that it is trusted by, where it may
 * stand at another address than its name says, and asks for its root without a token.
 *
 * @param name scheme and authority, which the certificate must bear
 * @param address where it stands
 * @param trusted the authorities; empty for the JVM's
 */
record ServerProbe(URI name, URI address, Optional<Path> trusted) {

    private static final int PATIENCE = 5_000;
    private static final int MAX_HEAD = 16 * 1024;

    /** A head, up to its end or the limit, never a body. */
    private static final String END = "\r\n\r\n";

    /**
     * What came back.
     *
     * @param status the status of its answer
     * @param certificateExpiry when its certificate expires; empty without TLS
     * @param date what its clock says, if it says so
     */
    record Reply(int status, Optional<Instant> certificateExpiry, Optional<Instant> date) {

        /** Returns how far its clock is ahead of ours, if it tells. */
        Optional<Duration> ahead(Instant now) {
            return date.map(theirs -> Duration.between(now, theirs));
        }
    }

    /**
     * Asks.
     *
     * @throws IOException if nobody answers, or it is not who it should be
     */
    Reply ask() throws IOException {
        try (Socket plain = new Socket()) {
            plain.setSoTimeout(PATIENCE);
            plain.connect(new InetSocketAddress(address.getHost(), portOf(address)), PATIENCE);
            if ("http".equals(name.getScheme())) {
                return exchange(plain, Optional.empty());
            }
            try (SSLSocket secured = secured(plain)) {
                secured.startHandshake();
                X509Certificate shown =
                        (X509Certificate) secured.getSession().getPeerCertificates()[0];
                return exchange(secured, Optional.of(shown.getNotAfter().toInstant()));
            }
        }
    }

    private SSLSocket secured(Socket plain) throws IOException {
        SSLSocket secured =
                (SSLSocket)
                        TlsTrust.context(trusted)
                                .getSocketFactory()
                                .createSocket(plain, name.getHost(), portOf(name), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        return secured;
    }

    private static int portOf(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "http".equals(uri.getScheme()) ? 80 : 443;
    }

    private Reply exchange(Socket socket, Optional<Instant> expiry) throws IOException {
        String request =
                "GET / HTTP/1.1\r\nHost: " + name.getRawAuthority() + "\r\nConnection: close" + END;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        String head = headFrom(socket.getInputStream());
        if (!head.startsWith("HTTP/1.") || head.length() < 12) {
            throw new IOException("what answers does not speak HTTP");
        }
        return new Reply(status(head), expiry, dateIn(head));
    }

    private static int status(String head) throws IOException {
        try {
            return Integer.parseInt(head.substring(9, 12));
        } catch (NumberFormatException malformed) {
            throw new IOException("what answers does not speak HTTP", malformed);
        }
    }

    private static String headFrom(InputStream in) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && octets.size() < MAX_HEAD) {
            octets.write(next);
            if (next == '\n' && octets.toString(StandardCharsets.ISO_8859_1).endsWith(END)) {
                break;
            }
            next = in.read();
        }
        return octets.toString(StandardCharsets.ISO_8859_1);
    }

    private static Optional<Instant> dateIn(String head) {
        try {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("date:"))
                    .findFirst()
                    .map(line -> line.substring(5).strip())
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(ZonedDateTime::toInstant);
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
