package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.CpuTimes;
import io.stagedoor.proxy.bench.client.LoadClient;
import io.stagedoor.proxy.bench.client.LoadPlan;
import io.stagedoor.proxy.bench.client.LoadResult;
import io.stagedoor.proxy.bench.client.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Measures peers in turns: all of them in each round, one after the other. */
final class Bench {

    private static final Duration WARM_UP_STEP = Duration.ofSeconds(2);
    private static final int WARM_UP_STEPS_AT_MOST = 30;
    private static final double RATE_HELD = 0.98;

    private final BenchSettings settings;
    private final BenchProcesses processes;
    private final LoadClient client;
    private final PrintWriter progress;
    private final List<Measurement> measurements = new ArrayList<>();
    private long answersOfStagedoor;

    Bench(
            BenchSettings settings,
            BenchProcesses processes,
            LoadClient client,
            PrintWriter progress) {
        this.settings = settings;
        this.processes = processes;
        this.client = client;
        this.progress = progress;
    }

    /** Loads every peer until its code is compiled; it may use both cores meanwhile. */
    void warmUp() throws IOException {
        for (Peer peer : processes.peers()) {
            peer.process().allowCores("0,1");
            for (Scenario scenario : Scenario.values()) {
                warmUp(peer, scenario);
            }
            peer.process().allowCores(Integer.toString(BenchProcesses.PROXY_CORE));
        }
    }

    private void warmUp(Peer peer, Scenario scenario) {
        Duration spent = Duration.ZERO;
        for (int step = 1; step <= WARM_UP_STEPS_AT_MOST; step++) {
            LoadResult result = run(peer, scenario, OptionalInt.empty(), WARM_UP_STEP);
            note(new Measurement(peer.name(), scenario, OptionalInt.empty(), -step, result));
            spent = spent.plus(result.cpu().proxy());
            if (spent.compareTo(settings.warmUp()) >= 0) {
                return;
            }
        }
    }

    /** Measures every peer in every scenario, in a closed loop and at the constant rate. */
    void measure() {
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Scenario scenario : Scenario.values()) {
                measure(round, scenario, OptionalInt.empty());
                measure(round, scenario, OptionalInt.of(settings.rate()));
            }
        }
    }

    private void measure(int round, Scenario scenario, OptionalInt rate) {
        for (Peer peer : processes.peers()) {
            LoadResult result = run(peer, scenario, rate, settings.window());
            refuseUnsound(peer, rate, result);
            note(new Measurement(peer.name(), scenario, rate, round, result));
        }
    }

    /** Wrong answers have failed the run already; here are the runs that show something else. */
    private static void refuseUnsound(Peer peer, OptionalInt rate, LoadResult result) {
        if (result.starved() > 0) {
            throw new IllegalStateException(
                    peer.name() + " left " + result.starved() + " connections without an answer");
        }
        if (rate.isPresent() && result.perSecond() < RATE_HELD * rate.getAsInt()) {
            throw new IllegalStateException(
                    peer.name() + " did not hold " + rate.getAsInt() + " requests per second");
        }
    }

    /** Carries one run out, without noting its result. */
    LoadResult run(Peer peer, Scenario scenario, OptionalInt rate, Duration window) {
        LoadResult result =
                client.run(
                        new LoadPlan(
                                scenario,
                                peer.process().port(),
                                settings.connections(),
                                rate,
                                window,
                                () -> cpuTimes(peer)));
        if (peer.name().equals(Peer.STAGEDOOR)) {
            answersOfStagedoor += result.requests();
        }
        return result;
    }

    private CpuTimes cpuTimes(Peer peer) {
        ProcFiles.Times proxy = ProcFiles.timesOf(peer.process().pid());
        Duration upstream = ProcFiles.timesOf(processes.upstream().pid()).total();
        Duration own = ProcFiles.timesOf(ProcessHandle.current().pid()).total();
        return new CpuTimes(proxy.user(), proxy.system(), upstream.plus(own), ProcFiles.busy());
    }

    private void note(Measurement measurement) {
        measurements.add(measurement);
        LoadResult result = measurement.result();
        progress.printf(
                Locale.ROOT,
                "%4d %-9s %-9s %-8s %8.0f req/CPU-s %8.0f req/s  p50 %6d us  p99 %6d us  rest %.1f"
                        + " s  noise %.2f s%n",
                measurement.round(),
                measurement.scenario().label(),
                measurement.peer(),
                measurement.rate().isPresent() ? measurement.rate().getAsInt() + "/s" : "closed",
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
