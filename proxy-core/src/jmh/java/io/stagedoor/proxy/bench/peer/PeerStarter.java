package io.stagedoor.proxy.bench.peer;

import io.stagedoor.proxy.bench.BenchScenery;
import io.stagedoor.proxy.bench.client.Call;
import io.stagedoor.proxy.bench.client.Wire;
import io.stagedoor.proxy.bench.peer.Peer.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Starts peers, each on the core of the proxies, from the scenery in a folder. */
public final class PeerStarter {

    /** The core that the measured proxy has to itself. */
    public static final int CORE = 0;

    /** What every Java process of the bench but Stagedoor is run with; Stagedoor has its own. */
    public static final List<String> JAVA_OPTIONS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Xmx512m",
                    "-XX:+UseSerialGC");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Path folder;
    private final BenchScenery scenery;
    private final BenchOrigin origin;
    private final Probe probe;
    private final String token;
    private final Map<String, String> tokenFacts;

    /**
     * Prepares to start peers.
     *
     * @param folder where configurations, logs and journals go
     * @throws IOException if the issuer does not answer
     */
    public PeerStarter(Path folder, BenchScenery scenery, BenchOrigin origin) throws IOException {
        this.folder = folder;
        this.scenery = scenery;
        this.origin = origin;
        this.probe = new Probe(scenery.trust());
        this.token = scenery.goodToken();
        this.tokenFacts = scenery.tokenFacts();
    }

    /**
     * Starts a peer and waits until it has answered a request on each of its ports.
     *
     * @param withTls whether TLS will be asked for
     */
    public Peer start(PeerKind kind, boolean withTls) throws IOException {
        int port = freePort();
        int tlsPort = freePort();
        Map<Wire, Endpoint> endpoints = new EnumMap<>(Wire.class);
        long begun = System.nanoTime();
        PinnedProcess plain = launch(kind, Wire.PLAIN, port, tlsPort);
        awaitAnswer(kind, Wire.PLAIN, new Endpoint(plain, port));
        Duration startup = Duration.ofNanos(System.nanoTime() - begun);
        endpoints.put(Wire.PLAIN, new Endpoint(plain, port));
        if (withTls && kind.speaksTls()) {
            PinnedProcess tls =
                    kind.speaksBothAtOnce() ? plain : launch(kind, Wire.TLS, tlsPort, tlsPort);
            awaitAnswer(kind, Wire.TLS, new Endpoint(tls, tlsPort));
            endpoints.put(Wire.TLS, new Endpoint(tls, tlsPort));
        }
        return new Peer(kind, endpoints, startup);
    }

    private PinnedProcess launch(PeerKind kind, Wire wire, int port, int tlsPort)
            throws IOException {
        String name = kind.label() + "-" + wire.label();
        return PinnedProcess.start(
                folder,
                name,
                CORE,
                switch (kind) {
                    case BARE ->
                            java(
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "io.stagedoor.proxy.bench.server.BareForwarder",
                                    folder.toString(),
                                    wire.name(),
                                    Integer.toString(port),
                                    Integer.toString(origin.guardedPort()));
                    case STAGEDOOR ->
                            List.of(
                                    "./stagedoor",
                                    "run",
                                    "--config",
                                    configuration(name, wire, port).toString());
                    case NGINX ->
                            List.of(
                                    "/usr/sbin/nginx",
                                    "-e",
                                    folder.resolve("nginx.start").toString(),
                                    "-c",
                                    filled("nginx.conf", port, tlsPort));
                    case HAPROXY ->
                            List.of(
                                    "/usr/sbin/haproxy",
                                    "-db",
                                    "-f",
                                    filled("haproxy.cfg", port, tlsPort));
                    case APACHE ->
                            List.of(
                                    "/usr/sbin/apache2",
                                    "-DFOREGROUND",
                                    "-f",
                                    filled("apache.conf", port, tlsPort));
                    case SCG -> java("-jar", "proxy-core/bench/peers/scg/target/scg.jar");
                });
    }

    private Path configuration(String name, Wire wire, int port) throws IOException {
        String listener =
                wire == Wire.PLAIN
                        ? "  plaintext: true"
                        : "  tls:\n    certificate: proxy.pem\n    private_key: proxy.key";
        return scenery.configuration(name, listener, port, freePort(), origin.guardedPort());
    }

    private String filled(String template, int port, int tlsPort) throws IOException {
        Map<String, String> values = new HashMap<>(tokenFacts);
        values.put("FOLDER", folder.toString());
        values.put("PORT", Integer.toString(port));
        values.put("TLS_PORT", Integer.toString(tlsPort));
        values.put("UPSTREAM", Integer.toString(origin.openPort()));
        values.put("CERTIFICATE", scenery.file("proxy.pem").toString());
        values.put("KEY", scenery.file("proxy.key").toString());
        values.put("PAIR", scenery.file("pair.pem").toString());
        return Templates.fill(template, folder, values).toString();
    }

    /** Returns the command of a Java process. */
    static List<String> java(String... arguments) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Stream.of(Stream.of(java.toString()), JAVA_OPTIONS.stream(), Stream.of(arguments))
                .flatMap(each -> each)
                .toList();
    }

    private void awaitAnswer(PeerKind kind, Wire wire, Endpoint endpoint) throws IOException {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(
                            () ->
                                    !endpoint.process().isAlive()
                                            || probe.status(wire, endpoint.port(), Call.READ, token)
                                                    == Call.READ.status());
        } catch (RuntimeException late) {
            endpoint.process().close();
            throw new IllegalStateException(kind.label() + " does not answer; see its log", late);
        }
        if (!endpoint.process().isAlive()) {
            throw new IllegalStateException(
                    kind.label() + " ended at once; see its log in " + folder);
        }
    }

    /** Returns a port that nobody listens on. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
