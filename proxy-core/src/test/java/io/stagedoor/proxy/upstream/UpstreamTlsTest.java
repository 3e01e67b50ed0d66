package io.stagedoor.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.stagedoor.proxy.listener.EventLoops;
import io.stagedoor.proxy.listener.TlsContexts;
import io.stagedoor.proxy.upstream.endpoint.EndpointAddress;
import io.stagedoor.proxy.upstream.endpoint.OutlierRules;
import io.stagedoor.proxy.upstream.limit.CircuitRules;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with an endpoint's TLS keeps everything from being sent, and is named. */
class UpstreamTlsTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final UpstreamSettings SETTINGS =
            new UpstreamSettings(
                    new UpstreamSettings.Deadlines(SOON, SOON, SOON, SOON),
                    new UpstreamSettings.Pool(8, 8, SOON, 8, SOON),
                    new UpstreamSettings.Retries(1, 20),
                    new OutlierRules(5, SOON, SOON, SOON, 50),
                    new CircuitRules(5, SOON, SOON),
                    Optional.empty(),
                    8192);

    @TempDir private Path folder;
    private EventLoops loops;
    private X509Bundle authority;
    private SslContext trusting;

    @BeforeEach
    void start() throws Exception {
        loops = EventLoops.start(1);
        authority = authority();
        Path ca = Files.writeString(folder.resolve("ca.pem"), authority.getCertificatePEM());
        trusting = TlsContexts.forUpstream(Optional.of(ca));
    }

    @AfterEach
    void stop() {
        loops.close();
    }

    private static X509Bundle authority() throws Exception {
        return new CertificateBuilder()
                .subject("CN=authority")
                .ecp256()
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static CertificateBuilder server(String name) {
        return new CertificateBuilder()
                .subject("CN=server")
                .ecp256()
                .addExtendedKeyUsageServerAuth()
                .addSanDnsName(name);
    }

    @Test
    void certificateMustBearTheServicesNameWhateverTheEndpointIsCalled() throws Exception {
        X509Bundle good = server("ws.example").buildIssuedBy(authority);
        X509Bundle endpoints =
                server("localhost").addSanIpAddress("127.0.0.1").buildIssuedBy(authority);

        assertThat(connect(good, "TLSv1.3")).isEmpty();
        assertThat(connect(good, "TLSv1.2")).isEmpty();
        assertThat(connect(endpoints, "TLSv1.3"))
                .contains("the TLS handshake failed: the certificate is for another host");
    }

    @Test
    void expiredCertificateIsNamed() throws Exception {
        Instant now = InstantSource.system().instant();
        X509Bundle expired =
                server("ws.example")
                        .notBefore(now.minus(Duration.ofDays(9)))
                        .notAfter(now.minus(Duration.ofDays(1)))
                        .buildIssuedBy(authority);

        assertThat(connect(expired, "TLSv1.3"))
                .contains("the TLS handshake failed: the certificate has expired");
    }

    @Test
    void unknownAuthorityIsNamed() throws Exception {
        X509Bundle foreign = server("ws.example").buildIssuedBy(authority());

        assertThat(connect(foreign, "TLSv1.3"))
                .contains("the TLS handshake failed: the certificate is of no trusted authority");
    }

    @Test
    void versionThatIsTooOldIsNamed() throws Exception {
        X509Bundle good = server("ws.example").buildIssuedBy(authority);

        assertThat(connect(good, "TLSv1.1"))
                .contains("the TLS handshake failed: there is no common version of TLS");
    }

    /** Connects to a server and returns why there is no connection, if there is none. */
    private Optional<String> connect(X509Bundle identity, String version) throws Exception {
        SslContext tls =
                SslContextBuilder.forServer(identity.toKeyManagerFactory())
                        .sslProvider(SslProvider.OPENSSL)
                        .protocols(version)
                        .build();
        Channel server = listen(tls);
        int port = ((InetSocketAddress) server.localAddress()).getPort();
        ServiceName name =
                new ServiceName(
                        "ws.example",
                        "ws.example",
                        List.of(new EndpointAddress("127.0.0.1", port, true)));
        Transport transport = new Transport(loops.group(), loops.clientChannel(), loops.resolver());
        try (Upstream upstream = new Upstream(name, Optional.of(trusting), transport, SETTINGS)) {
            Waiter waiter = new Waiter();
            var loop = loops.group().next();
            loop.execute(() -> upstream.borrow(loop, waiter, Optional.empty()));
            return waiter.outcome.get(SOON.toSeconds(), TimeUnit.SECONDS);
        } finally {
            server.close().syncUninterruptibly();
        }
    }

    private Channel listen(SslContext tls) {
        return new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .childHandler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                            }
                        })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    private static final class Waiter implements Borrower {

        private final CompletableFuture<Optional<String>> outcome = new CompletableFuture<>();

        @Override
        public boolean isWaiting() {
            return true;
        }

        @Override
        public long endsAt() {
            return System.nanoTime() + SOON.toNanos();
        }

        @Override
        public boolean needsFresh() {
            return false;
        }

        @Override
        public void onConnection(UpstreamConnection connection) {
            connection.close();
            outcome.complete(Optional.empty());
        }

        @Override
        public void onNoConnection(NoConnection reason) {
            outcome.complete(Optional.of(reason.reason()));
        }

        @Override
        public void onResponseHead(HttpResponse head) {
            throw new IllegalStateException("nothing was asked");
        }

        @Override
        public void onResponseContent(HttpContent content) {
            content.release();
        }

        @Override
        public void onResponseReadComplete() {
            // nothing is read
        }

        @Override
        public void onUpstreamWritable() {
            // nothing is written
        }

        @Override
        public void onUpstreamFailed(ConnectionFailure failure) {
            outcome.complete(Optional.of(failure.reason()));
        }
    }
}
