package io.stagedoor.proxy.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.OpenSsl;
import io.stagedoor.config.certificate.CertificatePair;
import io.stagedoor.proxy.cli.demo.loopback.DemoAuthority;
import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import io.stagedoor.proxy.http.Networks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is negotiated with clients, over real sockets, by both providers. */
class ListenerTlsTest {

    private static final ClientAuthentication NONE = new ClientAuthentication.None();
    private static final DemoAuthority AUTHORITY = DemoAuthority.create(InstantSource.system());
    private static final DemoAuthority STRANGER = DemoAuthority.create(InstantSource.system());

    @TempDir Path folder;
    private static EventLoops loops;
    private final List<Listener> opened = new ArrayList<>();

    @BeforeAll
    static void startLoops() {
        loops = EventLoops.start(1);
    }

    @AfterAll
    static void stopLoops() {
        loops.close();
    }

    @AfterEach
    void closeListeners() {
        opened.forEach(Listener::close);
    }

    @Test
    void bothProvidersAreThere() {
        assertThat(OpenSsl.isAvailable()).isTrue();
        assertThat(TlsContexts.Provider.best()).isEqualTo(TlsContexts.Provider.BORINGSSL);
    }

    @ParameterizedTest
    @CsvSource({
        "a.example, a.example",
        "A.Example, a.example",
        "x.b.example, *.b.example",
        "exact.b.example, exact.b.example",
        "x.y.b.example, default.example",
        "b.example, default.example",
        "unknown.example, default.example"
    })
    void showsTheCertificateForTheNameAskedFor(String asked, String shown) throws Exception {
        for (TlsContexts.Provider provider : TlsContexts.Provider.values()) {
            int port =
                    listen(
                            provider,
                            NONE,
                            issued("default.example"),
                            issued("a.example"),
                            issued("*.b.example"),
                            issued("exact.b.example"));

            assertThat(namesShown(port, Optional.of(asked)))
                    .as(provider.name())
                    .contains(", " + shown + "]");
            assertThat(namesShown(port, Optional.empty())).contains("default.example");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsContexts.Provider.class)
    void speaksTheTwoNewestVersionsWithAuthenticatedEncryptionOnly(TlsContexts.Provider provider)
            throws Exception {
        int port = listen(provider, NONE, issued("a.example"));

        assertThat(handshake(port, "TLSv1.3", "TLS_AES_128_GCM_SHA256")).isEqualTo("TLSv1.3");
        assertThat(handshake(port, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))
                .isEqualTo("TLSv1.2");
        assertThatThrownBy(
                        () -> handshake(port, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> handshake(port, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(TlsContexts.Provider.class)
    void answersAnOldClientWithAnAlert(TlsContexts.Provider provider) throws Exception {
        int port = listen(provider, NONE, issued("a.example"));

        byte[] answer = afterOldHello(port);

        assertThat(answer).as("alert: fatal, protocol_version").startsWith(21, 3).endsWith(2, 70);
    }

    @ParameterizedTest
    @EnumSource(TlsContexts.Provider.class)
    void asksForACertificateAndVerifiesIt(TlsContexts.Provider provider) throws Exception {
        int optional = listen(provider, asked(false), issued("a.example"));
        int required = listen(provider, asked(true), issued("a.example"));
        SSLContext good = AUTHORITY.contextOf(AUTHORITY.issueForClient("good"));
        SSLContext strange = AUTHORITY.contextOf(STRANGER.issueForClient("strange"));
        SSLContext server = AUTHORITY.contextOf(AUTHORITY.issue());

        assertThat(get(optional, AUTHORITY.trustingContext())).endsWith("none");
        assertThat(get(optional, good)).endsWith("CN=good");
        assertThat(get(required, good)).endsWith("CN=good");
        assertThatThrownBy(() -> get(required, AUTHORITY.trustingContext()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(required, strange)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(required, server))
                .as("a certificate for servers")
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(TlsContexts.Provider.class)
    void replacedCertificatesAreShownToTheNextConnection(TlsContexts.Provider provider)
            throws Exception {
        ListenerTls tls = new ListenerTls(List.of(issued("old.example")), NONE, provider);
        int port = listen(tls);
        try (SSLSocket before = connect(port, AUTHORITY.trustingContext())) {
            before.startHandshake();

            tls.replace(List.of(issued("new.example")), NONE);

            assertThat(namesShown(port, Optional.empty())).contains("new.example");
            assertThat(get(before)).endsWith("none");
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2", "TLSv1.3"})
    void sessionsAreNotResumed(String protocol) throws Exception {
        int port = listen(TlsContexts.Provider.BORINGSSL, NONE, issued("a.example"));
        SSLContext client = AUTHORITY.trustingContext();

        long first = sessionBegun(client, port, protocol);
        long second = sessionBegun(client, port, protocol);

        assertThat(second).isNotEqualTo(first);
    }

    /** A resumed session keeps the moment at which the first connection made it. */
    private static long sessionBegun(SSLContext client, int port, String protocol)
            throws IOException {
        try (SSLSocket socket = connect(port, client)) {
            socket.setEnabledProtocols(new String[] {protocol});
            get(socket);
            return socket.getSession().getCreationTime();
        }
    }

    private static ClientAuthentication asked(boolean required) {
        return new ClientAuthentication.Asked(List.of(AUTHORITY.certificate()), required);
    }

    private ServerCertificate issued(String name) throws IOException {
        ServerIdentity identity = AUTHORITY.issue(name);
        Path certificate = folder.resolve(UUID.randomUUID() + ".pem");
        Path key = folder.resolve(UUID.randomUUID() + ".key");
        Files.writeString(certificate, identity.certificateChainPem());
        Files.writeString(key, identity.privateKeyPem());
        CertificatePair pair = CertificatePair.read(certificate, key);
        return new ServerCertificate(pair.chain(), pair.key(), pair.names());
    }

    private int listen(
            TlsContexts.Provider provider,
            ClientAuthentication clients,
            ServerCertificate... certificates)
            throws IOException {
        return listen(new ListenerTls(List.of(certificates), clients, provider));
    }

    private int listen(ListenerTls tls) throws IOException {
        Duration time = Duration.ofSeconds(10);
        Listener listener =
                Listener.bind(
                        loops,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Optional.of(tls),
                        new ListenerLimits(
                                new ClientLimits(100, 100, time, 1024, Networks.NONE),
                                8192,
                                8192,
                                8192,
                                time,
                                time,
                                time,
                                new Http2Limits(100, 100, 100)),
                        () -> SubjectAnswer::new,
                        ListenerObserver.NONE);
        opened.add(listener);
        return listener.port();
    }

    private static SSLSocket connect(int port, SSLContext client) throws IOException {
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String namesShown(int port, Optional<String> asked) throws Exception {
        SSLContext client = AUTHORITY.trustingContext();
        try (SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port)) {
            SSLParameters parameters = socket.getSSLParameters();
            asked.ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectAlternativeNames().toString();
        }
    }

    private static String handshake(int port, String protocol, String cipher) throws IOException {
        try (SSLSocket socket = connect(port, AUTHORITY.trustingContext())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setEnabledCipherSuites(new String[] {cipher});
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    /** The JDK's client speaks nothing older than TLS 1.2, so this hello of TLS 1.1 is by hand. */
    private static byte[] afterOldHello(int port) throws IOException {
        byte[] hello = new byte[50];
        byte[] head = {22, 3, 2, 0, 45, 1, 0, 0, 41, 3, 2};
        byte[] tail = {0, 0, 2, (byte) 0xc0, 0x09, 1, 0};
        System.arraycopy(head, 0, hello, 0, head.length);
        System.arraycopy(tail, 0, hello, hello.length - tail.length, tail.length);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(hello);
            socket.getOutputStream().flush();
            return socket.getInputStream().readAllBytes();
        }
    }

    private static String get(int port, SSLContext client) throws IOException {
        try (SSLSocket socket = connect(port, client)) {
            return get(socket);
        }
    }

    private static String get(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        String answer =
                new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (answer.isEmpty()) {
            throw new IOException("no answer");
        }
        return answer;
    }
}
