package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.server.BareForwarder;
import io.stagedoor.proxy.bench.server.BenchUpstream;
import io.stagedoor.proxy.bench.server.StagedoorProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * The upstream and the two proxies before it, running. A proxy has its core to itself; the upstream
 * shares the other with this process, which is the client.
 */
final class BenchProcesses implements AutoCloseable {

    static final int PROXY_CORE = 0;
    static final int OTHER_CORE = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PinnedJvm upstream;
    private final PinnedJvm bare;
    private final PinnedJvm stagedoor;
    private final Duration startup;

    private BenchProcesses(PinnedJvm upstream, PinnedJvm bare, PinnedJvm stagedoor, long begunAt) {
        this.upstream = upstream;
        this.bare = bare;
        this.stagedoor = stagedoor;
        awaitReadiness();
        this.startup = Duration.ofNanos(System.nanoTime() - begunAt);
    }

    /** Starts all three and waits until they serve. */
    static BenchProcesses start(Path folder, BenchScenery scenery) throws IOException {
        String here = folder.toString();
        PinnedJvm upstream = PinnedJvm.start(folder, OTHER_CORE, BenchUpstream.class, here);
        String port = Integer.toString(upstream.port());
        PinnedJvm bare = PinnedJvm.start(folder, PROXY_CORE, BareForwarder.class, here, port);
        String configuration = scenery.configuration(upstream.port()).toString();
        long begunAt = System.nanoTime();
        PinnedJvm stagedoor =
                PinnedJvm.start(folder, PROXY_CORE, StagedoorProcess.class, configuration);
        return new BenchProcesses(upstream, bare, stagedoor, begunAt);
    }

    private void awaitReadiness() {
        URI ready = URI.create("http://127.0.0.1:" + stagedoor.adminPort() + "/ready");
        try (HttpClient client = HttpClient.newHttpClient()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(
                            () ->
                                    client.send(
                                                            HttpRequest.newBuilder(ready).build(),
                                                            BodyHandlers.discarding())
                                                    .statusCode()
                                            == 200);
        }
    }

    PinnedJvm upstream() {
        return upstream;
    }

    PinnedJvm stagedoor() {
        return stagedoor;
    }

    /** Tells how long Stagedoor took from its process's start until it was ready. */
    Duration startup() {
        return startup;
    }

    /** Gives the proxies in the order in which they are measured. */
    List<Peer> peers() {
        return List.of(new Peer(Peer.BARE, bare), new Peer(Peer.STAGEDOOR, stagedoor));
    }

    @Override
    public void close() throws IOException {
        try (upstream;
                bare;
                stagedoor) {
            // INVARIANT: closed from the last to the first, the upstream after the proxies.
        }
    }
}
