package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.LoadResult;
import io.stagedoor.proxy.bench.client.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Says what was measured, as a table for the terminal and as a page in Markdown. */
final class Page {

    private static final String LEGEND =
            """
            - `get`: a permitted read of 256 bytes; its two audit records ride the read window.
            - `createRun`: the permitted start of a pipeline run; its `decided` record is on disk
              before it is forwarded, its `completed` record before it is answered.
            - `bare`: a Netty forwarder on the same event loops, TLS contexts and HTTP codecs, which
              looks at nothing: no token, no decision, no audit, no log.
            - `stagedoor`: as shipped; its access log goes to a file, journal and index to a disk.
            """;

    private static final String READING =
            """
            ## What it says, and what not

            It says what a request through Stagedoor costs in processor time, as a share of merely
            forwarding it on the same machine in the same minutes. It does not say what a deployment
            can carry (on loopback the sender pays for the receiver's TCP work; one core, one event
            loop), how Stagedoor compares with other products, or what a first request costs.
            Latencies hold the client's and the upstream's waiting for the core that they share.
            Where others used the machine (load averages well above 2), read ratios and medians only.
            """;

    private final Circumstances circumstances;
    private final Summary summary;
    private final BenchSettings settings;

    Page(Circumstances circumstances, Summary summary, BenchSettings settings) {
        this.circumstances = circumstances;
        this.summary = summary;
        this.settings = settings;
    }

    /** Returns the results alone, also readable as plain text. */
    String table() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "| scenario  | peer      | req/CPU-s               | req/s                   |"
                        + " p50 / p99 us saturated | p50 / p99 us at "
                        + settings.rate()
                        + "/s |");
        line(text, "|---|---|---|---|---|---|");
        for (Scenario scenario : Scenario.values()) {
            for (String peer : List.of(Peer.BARE, Peer.STAGEDOOR)) {
                line(text, row(scenario, peer));
            }
        }
        line(text, "");
        line(
                text,
                "| scenario  | Stagedoor / bare, req per CPU-second | added CPU us/req |"
                        + " added p50 us at "
                        + settings.rate()
                        + "/s |");
        line(text, "|---|---|---|---|");
        for (Scenario scenario : Scenario.values()) {
            line(
                    text,
                    String.format(
                            Locale.ROOT,
                            "| %-9s | **%s** | %s | %s |",
                            scenario.label(),
                            text(summary.ratio(scenario), "%.2f"),
                            text(summary.addedCost(scenario), "%.0f"),
                            text(summary.addedLatency(scenario), "%.0f")));
        }
        return text.toString();
    }

    private String row(Scenario scenario, String peer) {
        return String.format(
                Locale.ROOT,
                "| %-9s | %-9s | %-23s | %-23s | %s / %s | %s / %s |",
                scenario.label(),
                peer,
                text(summary.closed(peer, scenario, LoadResult::perCpuSecond), "%,.0f"),
                text(summary.closed(peer, scenario, LoadResult::perSecond), "%,.0f"),
                median(summary.closed(peer, scenario, Summary::medianMicros)),
                median(summary.closed(peer, scenario, Summary::p99Micros)),
                atRate(peer, scenario, Summary::medianMicros),
                atRate(peer, scenario, Summary::p99Micros));
    }

    private String atRate(String peer, Scenario scenario, ToDoubleFunction<LoadResult> figure) {
        return median(summary.atRate(peer, scenario, figure));
    }

    private static String median(Spread spread) {
        return String.format(Locale.ROOT, "%,.0f", spread.median());
    }

    private static String text(Spread spread, String format) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + " - " + format + ")",
                spread.median(),
                spread.smallest(),
                spread.largest());
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    /** Returns the whole page. */
    String markdown(String title) {
        return String.format(
                Locale.ROOT,
                """
        # %s

        Written by `proxy-core/bench/run %s` on %s; every run is in the JSON file beside this page.
        Medians of %d rounds (smallest - largest); ratios are taken within each round.

        %s
        %s
        ## How

        %s
        ## Where

        | | |
        |---|---|
        %s
        %s\
        """,
                title,
                circumstances.command(),
                circumstances.begun(),
                settings.rounds(),
                table(),
                LEGEND,
                method(),
                where(),
                READING);
    }

    private String method() {
        return String.format(
                Locale.ROOT,
                """
        The proxy alone has core 0; client and upstream share core 1. %d keep-alive connections, TLS on
        both sides, each run %s long. A request is charged everything that the proxy uses until it is at
        rest again. %s of the proxy's processor time go into each scenario before anything is measured.
        Tokens: RS256, %d different ones, %d groups each. The workspace has %,d other role assignments.
        """,
                settings.connections(),
                seconds(settings.window()),
                seconds(settings.warmUp()),
                BenchScenery.TOKENS,
                BenchScenery.GROUPS,
                BenchScenery.OTHER_ASSIGNMENTS);
    }

    private String where() {
        StringBuilder text = new StringBuilder();
        for (String[] pair : Circumstances.machine()) {
            line(text, "| " + pair[0] + " | " + pair[1] + " |");
        }
        line(text, "| load averages before | " + averages(circumstances.loadBefore()) + " |");
        line(text, "| load averages after | " + averages(circumstances.loadAfter()) + " |");
        line(
                text,
                String.format(
                        Locale.ROOT,
                        "| resident MiB at the end | bare %d, stagedoor %d |",
                        circumstances.memory().getFirst(),
                        circumstances.memory().getLast()));
        line(
                text,
                String.format(
                        Locale.ROOT,
                        "| stagedoor ready after | %s, on one core |",
                        seconds(circumstances.startup())));
        line(
                text,
                String.format(
                        Locale.ROOT,
                        "| journal | %,d records, verified after the last run |",
                        circumstances.journalRecords()));
        return text.toString();
    }

    private static String averages(List<Double> values) {
        return String.join(" ", values.stream().map(Object::toString).toList());
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
