package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.LoadResult;
import io.stagedoor.proxy.bench.client.Scenario;
import io.stagedoor.proxy.bench.peer.PeerKind;
import java.util.List;
import java.util.Optional;
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
    Optional<Spread> closed(PeerKind peer, Scenario scenario, ToDoubleFunction<LoadResult> figure) {
        return spread(figures(peer, scenario, OptionalInt.empty(), figure));
    }

    /** Returns a figure at the constant rate. */
    Optional<Spread> atRate(PeerKind peer, Scenario scenario, ToDoubleFunction<LoadResult> figure) {
        return spread(figures(peer, scenario, rate, figure));
    }

    /** Returns requests per CPU-second, Stagedoor's divided by another's of the same round. */
    Optional<Spread> ratio(PeerKind other, Scenario scenario) {
        return spread(
                paired(
                        figures(
                                PeerKind.STAGEDOOR,
                                scenario,
                                OptionalInt.empty(),
                                LoadResult::perCpuSecond),
                        figures(other, scenario, OptionalInt.empty(), LoadResult::perCpuSecond),
                        (ours, theirs) -> ours / theirs));
    }

    /** Returns the median latency that Stagedoor adds at the constant rate, in microseconds. */
    Optional<Spread> addedLatency(Scenario scenario) {
        return spread(addedMedians(scenario));
    }

    /**
     * Returns what the start of a run waits longer than a read, in microseconds of the median at
     * the constant rate, beyond what the floor waits longer: the price of its records being on disk.
     */
    Optional<Spread> durability() {
        return spread(
                paired(
                        addedMedians(Scenario.CREATE_RUN),
                        addedMedians(Scenario.GET),
                        (start, read) -> start - read));
    }

    private double[] addedMedians(Scenario scenario) {
        return paired(
                figures(PeerKind.STAGEDOOR, scenario, rate, Summary::medianMicros),
                figures(PeerKind.BARE, scenario, rate, Summary::medianMicros),
                (ours, floor) -> ours - floor);
    }

    static double medianMicros(LoadResult result) {
        return result.median().toNanos() / 1e3;
    }

    static double p99Micros(LoadResult result) {
        return result.p99().toNanos() / 1e3;
    }

    private static double[] paired(double[] ours, double[] theirs, DoubleBinaryOperator compared) {
        DoubleStream.Builder each = DoubleStream.builder();
        for (int round = 0; round < Math.min(ours.length, theirs.length); round++) {
            each.add(compared.applyAsDouble(ours[round], theirs[round]));
        }
        return each.build().toArray();
    }

    private static Optional<Spread> spread(double[] values) {
        return values.length == 0
                ? Optional.empty()
                : Optional.of(Spread.of(DoubleStream.of(values)));
    }

    private double[] figures(
            PeerKind peer,
            Scenario scenario,
            OptionalInt pace,
            ToDoubleFunction<LoadResult> figure) {
        return measured.stream()
                .filter(each -> each.peer().equals(peer.label()))
                .filter(each -> each.scenario() == scenario)
                .filter(each -> each.rate().equals(pace))
                .map(Measurement::result)
                .mapToDouble(figure)
                .toArray();
    }
}
