package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.Call;
import io.stagedoor.proxy.bench.client.Scenario;
import io.stagedoor.proxy.bench.client.Wire;
import io.stagedoor.proxy.bench.peer.Peer;
import io.stagedoor.proxy.bench.peer.Peer.Endpoint;
import io.stagedoor.proxy.bench.peer.Probe;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * What a peer takes of the machine besides processor time, before it is put under load.
 *
 * @param startup from the start of its process until it had answered a request, on one core
 * @param idle resident memory after that, in mebibytes
 * @param connected the same with {@link #CONNECTIONS} connections, each of which was answered once
 */
record Footprint(Duration startup, long idle, long connected) {

    /** How many connections are held. */
    static final int CONNECTIONS = 1_000;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Looks at a peer that has just been started. */
    static Footprint of(Peer peer, Probe probe, String token) throws IOException {
        Endpoint endpoint = peer.endpoint(Scenario.GET).orElseThrow();
        pause();
        long idle = ProcFiles.residentMebibytes(endpoint.process().pids());
        List<Socket> held = new ArrayList<>();
        try {
            for (int number = 0; number < CONNECTIONS; number++) {
                Socket socket = probe.connect(Wire.PLAIN, endpoint.port());
                held.add(socket);
                expectAnswer(probe.ask(socket, Call.READ, token), peer);
            }
            pause();
            return new Footprint(
                    peer.startup(), idle, ProcFiles.residentMebibytes(endpoint.process().pids()));
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    private static void expectAnswer(int status, Peer peer) {
        if (status != Call.READ.status()) {
            throw new IllegalStateException(
                    peer.name() + " answered " + status + " on one of many connections");
        }
    }

    private static void pause() {
        Awaitility.await().pollDelay(PAUSE).until(() -> true);
    }
}
