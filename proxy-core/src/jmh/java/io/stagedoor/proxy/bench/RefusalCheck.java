package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.Call;
import io.stagedoor.proxy.bench.client.Wire;
import io.stagedoor.proxy.bench.peer.Peer;
import io.stagedoor.proxy.bench.peer.Peer.Endpoint;
import io.stagedoor.proxy.bench.peer.PeerKind;
import io.stagedoor.proxy.bench.peer.Probe;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Makes sure that what is measured refuses whom it must: a proxy that lets all in is fast. */
final class RefusalCheck {

    private final Probe probe;
    private final String good;
    private final String stranger;
    private final String forged;

    RefusalCheck(BenchScenery scenery) {
        this.probe = new Probe(scenery.trust());
        this.good = scenery.goodToken();
        this.stranger = scenery.tokenOfStranger();
        this.forged =
                good.substring(0, good.lastIndexOf('.'))
                        + stranger.substring(stranger.lastIndexOf('.'));
    }

    /**
     * Shows a peer a bad token and a caller without rights, on each of its ports, if it looks at
     * them; and a good one.
     *
     * @throws IllegalStateException if one of them is not answered as it should be
     */
    void run(Peer peer) throws IOException {
        for (Map.Entry<Wire, Endpoint> each : peer.endpoints().entrySet()) {
            int port = each.getValue().port();
            run(peer, each.getKey(), port, Call.READ);
            run(peer, each.getKey(), port, Call.START);
        }
    }

    private void run(Peer peer, Wire wire, int port, Call call) throws IOException {
        expect(peer, Set.of(call.status()), probe.status(wire, port, call, good), "a good caller");
        if (!peer.kind().checksTokens()) {
            return;
        }
        boolean exact = peer.kind() == PeerKind.STAGEDOOR;
        expect(
                peer,
                exact ? Set.of(401) : Set.of(401, 403),
                probe.status(wire, port, call, forged),
                "a forged token");
        expect(
                peer,
                exact ? Set.of(403) : Set.of(401, 403),
                probe.status(wire, port, call, stranger),
                "a caller without rights");
    }

    private static void expect(Peer peer, Set<Integer> right, int got, String what) {
        if (!right.contains(got)) {
            throw new IllegalStateException(
                    peer.name() + " answered " + got + " to " + what + ", not one of " + right);
        }
    }
}
