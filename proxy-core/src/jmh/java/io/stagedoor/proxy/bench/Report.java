package io.stagedoor.proxy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.bench.client.LoadResult;
import io.stagedoor.proxy.bench.client.Scenario;
import io.stagedoor.proxy.bench.peer.PeerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Writes everything that was measured as JSON, units in the names. */
final class Report {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Circumstances circumstances;
    private final Summary summary;
    private final List<Measurement> measurements;

    Report(Circumstances circumstances, Summary summary, List<Measurement> measurements) {
        this.circumstances = circumstances;
        this.summary = summary;
        this.measurements = measurements;
    }

    void write(Path file) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.set("circumstances", circumstances());
        for (Scenario scenario : Scenario.values()) {
            for (PeerKind peer : PeerKind.values()) {
                summaryOf(scenario, peer)
                        .ifPresent(
                                node ->
                                        root.withObject("/summary/" + scenario.label())
                                                .set(peer.label(), node));
            }
        }
        Goal.all(summary, circumstances.footprints())
                .forEach(goal -> root.withArray("/goals").add(json(goal)));
        measurements.forEach(each -> root.withArray("/measurements").add(json(each)));
        Files.writeString(file, MAPPER.writeValueAsString(root) + "\n");
    }

    private ObjectNode circumstances() {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("begun", circumstances.begun().toString());
        node.put("command", circumstances.command());
        Circumstances.machine().forEach(pair -> node.put(pair[0], pair[1]));
        node.set("load_averages_before", MAPPER.valueToTree(circumstances.loadBefore()));
        node.set("load_averages_after", MAPPER.valueToTree(circumstances.loadAfter()));
        circumstances
                .footprints()
                .forEach((peer, each) -> node.withObject("/footprints").set(peer, json(each)));
        node.set("not_measured", MAPPER.valueToTree(circumstances.missing()));
        node.put("journal_records_verified", circumstances.journalRecords());
        return node;
    }

    private Optional<ObjectNode> summaryOf(Scenario scenario, PeerKind peer) {
        ObjectNode node = MAPPER.createObjectNode();
        put(node, "requests_per_cpu_second", closed(scenario, peer, LoadResult::perCpuSecond));
        put(node, "requests_per_second", closed(scenario, peer, LoadResult::perSecond));
        put(node, "closed_p50_us", closed(scenario, peer, Summary::medianMicros));
        put(node, "closed_p99_us", closed(scenario, peer, Summary::p99Micros));
        put(node, "rate_p50_us", summary.atRate(peer, scenario, Summary::medianMicros));
        put(node, "rate_p99_us", summary.atRate(peer, scenario, Summary::p99Micros));
        put(node, "stagedoor_to_this", summary.ratio(peer, scenario));
        return node.isEmpty() ? Optional.empty() : Optional.of(node);
    }

    private Optional<Spread> closed(
            Scenario scenario, PeerKind peer, ToDoubleFunction<LoadResult> figure) {
        return summary.closed(peer, scenario, figure);
    }

    private static void put(ObjectNode node, String name, Optional<Spread> spread) {
        spread.ifPresent(each -> node.set(name, json(each)));
    }

    private static ObjectNode json(Footprint footprint) {
        return MAPPER.createObjectNode()
                .put("first_answer_after_s", footprint.startup().toMillis() / 1e3)
                .put("idle_mib", footprint.idle())
                .put("connected_mib", footprint.connected());
    }

    private static ObjectNode json(Goal goal) {
        ObjectNode node =
                MAPPER.createObjectNode()
                        .put("figure", goal.name())
                        .put(goal.atLeast() ? "at_least" : "at_most", goal.wanted())
                        .put("is_reached", goal.isReached());
        node.set("reached", json(goal.reached()));
        return node;
    }

    private static ObjectNode json(Spread spread) {
        return MAPPER.createObjectNode()
                .put("median", rounded(spread.median()))
                .put("smallest", rounded(spread.smallest()))
                .put("largest", rounded(spread.largest()));
    }

    private static ObjectNode json(Measurement measurement) {
        LoadResult result = measurement.result();
        ObjectNode node =
                MAPPER.createObjectNode()
                        .put("peer", measurement.peer())
                        .put("scenario", measurement.scenario().label())
                        .put("round", measurement.round());
        measurement.rate().ifPresent(rate -> node.put("rate_per_s", rate));
        return node.put("requests", result.requests())
                .put("window_s", result.window().toNanos() / 1e9)
                .put("rest_s", result.rest().toMillis() / 1e3)
                .put("proxy_user_s", result.cpu().proxyUser().toMillis() / 1e3)
                .put("proxy_system_s", result.cpu().proxySystem().toMillis() / 1e3)
                .put("strangers_s", result.cpu().strangers().toMillis() / 1e3)
                .put("requests_per_cpu_second", rounded(result.perCpuSecond()))
                .put("p50_us", rounded(Summary.medianMicros(result)))
                .put("p99_us", rounded(Summary.p99Micros(result)));
    }

    private static double rounded(double value) {
        double unit = Math.abs(value) < 10 ? 1e3 : 10;
        return Math.round(value * unit) / unit;
    }
}
