package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.LoadResult;
import io.stagedoor.proxy.bench.client.Scenario;
import io.stagedoor.proxy.bench.peer.PeerKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Says what was measured, as tables for the terminal and as a page in Markdown. */
final class Page {

    private static final String NONE = "-";

    private final Circumstances circumstances;
    private final Summary summary;
    private final BenchSettings settings;

    Page(Circumstances circumstances, Summary summary, BenchSettings settings) {
        this.circumstances = circumstances;
        this.summary = summary;
        this.settings = settings;
    }

    /** Returns the results alone, also readable as plain text. */
    String tables() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "| scenario      | peer      | req/CPU-s                   | Stagedoor / peer  |"
                        + " req/s   | p50 / p99 us saturated | p50 / p99 us at "
                        + settings.rate()
                        + "/s |");
        line(text, "|---|---|---|---|---|---|---|");
        for (Scenario scenario : settings.scenarios()) {
            settings.peers().forEach(peer -> row(text, scenario, peer));
        }
        line(text, "");
        line(text, "| peer      | first answer after | idle MiB | MiB with 1,000 connections |");
        line(text, "|---|---|---|---|");
        circumstances.footprints().forEach((peer, footprint) -> row(text, peer, footprint));
        line(text, "");
        line(text, "| goal | wanted | reached |");
        line(text, "|---|---|---|");
        Goal.all(summary, circumstances.footprints()).forEach(goal -> line(text, goal.row()));
        return text.toString();
    }

    private void row(StringBuilder text, Scenario scenario, PeerKind peer) {
        Optional<Spread> cost = summary.closed(peer, scenario, LoadResult::perCpuSecond);
        if (cost.isEmpty()) {
            return;
        }
        line(
                text,
                String.format(
                        Locale.ROOT,
                        "| %-13s | %-9s | %-27s | %-17s | %7s | %s / %s | %s / %s |",
                        scenario.label(),
                        peer.label(),
                        spread(cost, "%,.0f"),
                        peer == PeerKind.STAGEDOOR
                                ? NONE
                                : spread(summary.ratio(peer, scenario), "%.2f"),
                        median(summary.closed(peer, scenario, LoadResult::perSecond)),
                        median(summary.closed(peer, scenario, Summary::medianMicros)),
                        median(summary.closed(peer, scenario, Summary::p99Micros)),
                        atRate(peer, scenario, Summary::medianMicros),
                        atRate(peer, scenario, Summary::p99Micros)));
    }

    private static void row(StringBuilder text, String peer, Footprint footprint) {
        line(
                text,
                String.format(
                        Locale.ROOT,
                        "| %-9s | %s | %d | %d |",
                        peer,
                        seconds(footprint.startup()),
                        footprint.idle(),
                        footprint.connected()));
    }

    private String atRate(PeerKind peer, Scenario scenario, ToDoubleFunction<LoadResult> figure) {
        return median(summary.atRate(peer, scenario, figure));
    }

    private static String median(Optional<Spread> spread) {
        return spread.map(each -> String.format(Locale.ROOT, "%,.0f", each.median())).orElse(NONE);
    }

    static String spread(Optional<Spread> spread, String format) {
        return spread.map(
                        each ->
                                String.format(
                                        Locale.ROOT,
                                        format + " (" + format + " - " + format + ")",
                                        each.median(),
                                        each.smallest(),
                                        each.largest()))
                .orElse(NONE);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    /** Returns the whole page. */
    String markdown(String title) {
        return PageText.page(title, circumstances, List.of(tables(), method(), where()));
    }

    private String method() {
        return String.format(
                Locale.ROOT,
                PageText.METHOD,
                settings.connections(),
                seconds(settings.window()),
                seconds(settings.warmUp(PeerKind.STAGEDOOR)),
                settings.newTokens(),
                BenchScenery.TOKENS,
                BenchScenery.GROUPS,
                BenchScenery.OTHER_ASSIGNMENTS,
                settings.rounds());
    }

    private String where() {
        StringBuilder text = new StringBuilder();
        Circumstances.machine().forEach(pair -> pair(text, pair[0], pair[1]));
        pair(text, "load averages before", averages(circumstances.loadBefore()));
        pair(text, "load averages after", averages(circumstances.loadAfter()));
        pair(
                text,
                "journal",
                String.format(
                        Locale.ROOT,
                        "%,d records, verified after the last run",
                        circumstances.journalRecords()));
        circumstances.missing().forEach(each -> pair(text, "not measured", each));
        return text.toString();
    }

    private static void pair(StringBuilder text, String name, String value) {
        line(text, "| " + name + " | " + value + " |");
    }

    private static String averages(List<Double> values) {
        return String.join(" ", values.stream().map(Object::toString).toList());
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
