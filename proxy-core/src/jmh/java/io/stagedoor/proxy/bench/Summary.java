package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.LoadResult;
import io.stagedoor.proxy.bench.client.Scenario;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Medians over the rounds, and ratios of runs of the same round. */
final class Summary {

    private final List<Measurement> measured;
    private final OptionalInt rate;

    /** Summarises the rounds, not the warm-up. */
    Summary(List<Measurement> all, int rate) {
        this.measured = all.stream().filter(each -> each.round() > 0).toList();
        this.rate = OptionalInt.of(rate);
    }

    /** Returns a figure of the closed loop. */
    Spread closed(String peer, Scenario scenario, ToDoubleFunction<LoadResult> figure) {
        return Spread.of(figures(peer, scenario, OptionalInt.empty(), figure));
    }

    /** Returns a figure at the constant rate. */
    Spread atRate(String peer, Scenario scenario, ToDoubleFunction<LoadResult> figure) {
        return Spread.of(figures(peer, scenario, rate, figure));
    }

    /** Returns requests per CPU-second, Stagedoor's divided by the floor's of the same round. */
    Spread ratio(Scenario scenario) {
        return paired(scenario, OptionalInt.empty(), LoadResult::perCpuSecond, (a, b) -> a / b);
    }

    /** Returns what Stagedoor costs beyond the floor, in microseconds per request. */
    Spread addedCost(Scenario scenario) {
        return paired(scenario, OptionalInt.empty(), LoadResult::microsPerRequest, (a, b) -> a - b);
    }

    /** Returns the median latency that Stagedoor adds at the constant rate, in microseconds. */
    Spread addedLatency(Scenario scenario) {
        return paired(scenario, rate, Summary::medianMicros, (a, b) -> a - b);
    }

    static double medianMicros(LoadResult result) {
        return result.median().toNanos() / 1e3;
    }

    static double p99Micros(LoadResult result) {
        return result.p99().toNanos() / 1e3;
    }

    private Spread paired(
            Scenario scenario,
            OptionalInt pace,
            ToDoubleFunction<LoadResult> figure,
            DoubleBinaryOperator compared) {
        double[] ours = figures(Peer.STAGEDOOR, scenario, pace, figure).toArray();
        double[] floor = figures(Peer.BARE, scenario, pace, figure).toArray();
        DoubleStream.Builder each = DoubleStream.builder();
        for (int round = 0; round < ours.length; round++) {
            each.add(compared.applyAsDouble(ours[round], floor[round]));
        }
        return Spread.of(each.build());
    }

    private DoubleStream figures(
            String peer, Scenario scenario, OptionalInt pace, ToDoubleFunction<LoadResult> figure) {
        return measured.stream()
                .filter(each -> each.peer().equals(peer))
                .filter(each -> each.scenario() == scenario)
                .filter(each -> each.rate().equals(pace))
                .map(Measurement::result)
                .mapToDouble(figure);
    }
}
