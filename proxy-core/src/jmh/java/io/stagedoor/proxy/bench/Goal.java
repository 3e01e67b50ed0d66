package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.Scenario;
import io.stagedoor.proxy.bench.peer.PeerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is wanted of a figure, and what it is.
 *
 * @param name what the figure is
 * @param wanted the bound
 * @param atLeast whether the bound is the smallest good value, or the largest
 * @param reached the figure
 */
record Goal(String name, double wanted, boolean atLeast, Spread reached) {

    /** Returns all goals for which there is a figure. */
    static List<Goal> all(Summary summary, Map<String, Footprint> footprints) {
        List<Goal> goals = new ArrayList<>();
        ratios(summary, goals::add);
        summary.durability()
                .map(
                        spread ->
                                new Goal(
                                        "us that durable audit adds to the p50 of createRun",
                                        400,
                                        false,
                                        spread))
                .ifPresent(goals::add);
        Optional.ofNullable(footprints.get(PeerKind.STAGEDOOR.label()))
                .ifPresent(ours -> footprint(ours, footprints, goals::add));
        return goals;
    }

    private static void ratios(Summary summary, Consumer<Goal> goals) {
        ratio(summary, Scenario.GET, PeerKind.NGINX, 1.0, goals);
        ratio(summary, Scenario.GET, PeerKind.BARE, 0.9, goals);
        ratio(summary, Scenario.GET, PeerKind.HAPROXY, 3, goals);
        ratio(summary, Scenario.GET, PeerKind.APACHE, 10, goals);
        ratio(summary, Scenario.GET, PeerKind.SCG, 15, goals);
        ratio(summary, Scenario.TLS_GET, PeerKind.NGINX, 0.8, goals);
        ratio(summary, Scenario.NEW_TOKEN_GET, PeerKind.HAPROXY, 1.0, goals);
    }

    private static void ratio(
            Summary summary, Scenario scenario, PeerKind peer, double wanted, Consumer<Goal> to) {
        String name = "req/CPU-s, " + scenario.label() + ", to " + peer.label();
        summary.ratio(peer, scenario)
                .map(spread -> new Goal(name, wanted, true, spread))
                .ifPresent(to);
    }

    private static void footprint(
            Footprint ours, Map<String, Footprint> footprints, Consumer<Goal> to) {
        to.accept(new Goal("MiB idle", 140, false, only((double) ours.idle())));
        to.accept(
                new Goal(
                        "MiB with 1,000 connections", 220, false, only((double) ours.connected())));
        Optional.ofNullable(footprints.get(PeerKind.SCG.label()))
                .ifPresent(
                        scg ->
                                to.accept(
                                        new Goal(
                                                "start-up, to scg",
                                                0.25,
                                                false,
                                                only(
                                                        (double) ours.startup().toMillis()
                                                                / scg.startup().toMillis()))));
    }

    private static Spread only(double value) {
        return new Spread(value, value, value);
    }

    /** Returns whether the median reaches it. */
    boolean isReached() {
        return atLeast ? reached.median() >= wanted : reached.median() <= wanted;
    }

    /** Returns it as a row of a table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %s %s | %s, %s |",
                name,
                atLeast ? "at least" : "at most",
                wanted,
                Page.spread(Optional.of(reached), "%.2f"),
                isReached() ? "reached" : "**missed**");
    }
}
