package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.CpuTimes;
import io.stagedoor.proxy.bench.client.LoadClient;
import io.stagedoor.proxy.bench.client.LoadPlan;
import io.stagedoor.proxy.bench.client.LoadResult;
import io.stagedoor.proxy.bench.client.Scenario;
import io.stagedoor.proxy.bench.peer.BenchOrigin;
import io.stagedoor.proxy.bench.peer.Peer;
import io.stagedoor.proxy.bench.peer.Peer.Endpoint;
import io.stagedoor.proxy.bench.peer.PeerKind;
import io.stagedoor.proxy.bench.peer.PeerStarter;
import io.stagedoor.proxy.bench.peer.PinnedProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Measures peers in turns: all of them in each round, one after the other. */
final class Bench {

    private static final Duration WARM_UP_STEP = Duration.ofSeconds(2);
    private static final int WARM_UP_STEPS_AT_MOST = 60;
    private static final double RATE_HELD = 0.98;

    private final BenchSettings settings;
    private final BenchOrigin origin;
    private final List<Peer> peers;
    private final LoadClient client;
    private final BenchTokens tokens;
    private final PrintWriter progress;
    private final List<Measurement> measurements = new ArrayList<>();
    private long answersOfStagedoor;

    Bench(
            BenchSettings settings,
            BenchOrigin origin,
            List<Peer> peers,
            LoadClient client,
            BenchTokens tokens,
            PrintWriter progress) {
        this.settings = settings;
        this.origin = origin;
        this.peers = List.copyOf(peers);
        this.client = client;
        this.tokens = tokens;
        this.progress = progress;
    }

    /** Loads every peer until its code is compiled; it may use both cores meanwhile. */
    void warmUp() throws IOException {
        for (Peer peer : peers) {
            for (Scenario scenario : settings.scenarios()) {
                Optional<Endpoint> endpoint = peer.endpoint(scenario);
                if (endpoint.isPresent()) {
                    warmUp(peer, endpoint.get().process(), scenario);
                }
            }
        }
    }

    private void warmUp(Peer peer, PinnedProcess process, Scenario scenario) throws IOException {
        process.allowCores("0,1");
        Duration wanted = settings.warmUp(peer.kind());
        Duration spent = Duration.ZERO;
        int steps = scenario.hasNewTokens() ? tokens.warmUpRuns() : WARM_UP_STEPS_AT_MOST;
        for (int step = 1; step <= steps && spent.compareTo(wanted) < 0; step++) {
            Turn turn = new Turn(peer, scenario, OptionalInt.empty(), -step);
            LoadResult result = run(turn, WARM_UP_STEP);
            note(turn, result);
            spent = spent.plus(result.cpu().proxy());
        }
        process.allowCores(Integer.toString(PeerStarter.CORE));
    }

    /** Measures every peer in every scenario, in a closed loop and at the constant rate. */
    void measure() {
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Scenario scenario : settings.scenarios()) {
                measure(round, scenario, OptionalInt.empty());
                if (settings.isTimed(scenario)) {
                    measure(round, scenario, OptionalInt.of(settings.rate()));
                }
            }
        }
    }

    private void measure(int round, Scenario scenario, OptionalInt rate) {
        for (Peer peer : peers) {
            if (peer.endpoint(scenario).isPresent()) {
                Turn turn = new Turn(peer, scenario, rate, round);
                LoadResult result = run(turn, settings.window());
                refuseUnsound(turn, result);
                note(turn, result);
            }
        }
    }

    /** Wrong answers have failed the run already; here are the runs that show something else. */
    private static void refuseUnsound(Turn turn, LoadResult result) {
        String name = turn.peer().name();
        if (result.starved() > 0) {
            throw new IllegalStateException(
                    name + " left " + result.starved() + " connections without an answer");
        }
        OptionalInt rate = turn.rate();
        if (rate.isPresent() && result.perSecond() < RATE_HELD * rate.getAsInt()) {
            throw new IllegalStateException(
                    name + " did not hold " + rate.getAsInt() + " requests per second");
        }
    }

    /**
     * What is run next.
     *
     * @param round as in {@link Measurement}
     */
    record Turn(Peer peer, Scenario scenario, OptionalInt rate, int round) {}

    /** Carries one run out, without noting its result. */
    LoadResult run(Turn turn, Duration window) {
        Endpoint endpoint = turn.peer().endpoint(turn.scenario()).orElseThrow();
        LoadResult result =
                client.run(
                        new LoadPlan(
                                turn.scenario(),
                                tokens.supply(turn.scenario(), turn.round()),
                                endpoint.port(),
                                settings.connections(),
                                turn.rate(),
                                window,
                                () -> cpuTimes(endpoint.process())));
        if (turn.peer().kind() == PeerKind.STAGEDOOR) {
            answersOfStagedoor += result.requests();
        }
        return result;
    }

    private CpuTimes cpuTimes(PinnedProcess process) {
        ProcFiles.Times proxy = ProcFiles.timesOf(process.pids());
        Duration upstream = ProcFiles.timesOf(origin.process().pids()).total();
        Duration own = ProcFiles.timesOf(ProcessHandle.current().pid()).total();
        return new CpuTimes(proxy.user(), proxy.system(), upstream.plus(own), ProcFiles.busy());
    }

    private void note(Turn turn, LoadResult result) {
        measurements.add(
                new Measurement(
                        turn.peer().name(), turn.scenario(), turn.rate(), turn.round(), result));
        OptionalInt rate = turn.rate();
        progress.printf(
                Locale.ROOT,
                "%4d %-13s %-9s %-7s %8.0f req/CPU-s %8.0f req/s  p50 %6d us  p99 %6d us  rest %.1f"
                        + " s  noise %.2f s%n",
                turn.round(),
                turn.scenario().label(),
                turn.peer().name(),
                rate.isPresent() ? rate.getAsInt() + "/s" : "closed",
                result.perCpuSecond(),
                result.perSecond(),
                result.median().toNanos() / 1000,
                result.p99().toNanos() / 1000,
                result.rest().toMillis() / 1e3,
                result.cpu().strangers().toMillis() / 1e3);
        progress.flush();
    }

    /** Returns everything measured, warm-up included. */
    List<Measurement> measurements() {
        return List.copyOf(measurements);
    }

    /** Returns how many requests Stagedoor has answered, at least. */
    long answersOfStagedoor() {
        return answersOfStagedoor;
    }
}
