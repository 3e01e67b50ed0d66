package io.stagedoor.proxy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.bench.client.LoadResult;
import io.stagedoor.proxy.bench.client.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
            root.withObject("/summary").set(scenario.label(), summaryOf(scenario));
        }
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
        node.put("bare_resident_mib", circumstances.memory().getFirst());
        node.put("stagedoor_resident_mib", circumstances.memory().getLast());
        node.put("stagedoor_ready_after_s", circumstances.startup().toMillis() / 1e3);
        node.put("journal_records_verified", circumstances.journalRecords());
        return node;
    }

    private ObjectNode summaryOf(Scenario scenario) {
        ObjectNode node = MAPPER.createObjectNode();
        node.set("ratio_requests_per_cpu_second", json(summary.ratio(scenario)));
        node.set("added_cpu_us_per_request", json(summary.addedCost(scenario)));
        node.set("added_p50_us_at_constant_rate", json(summary.addedLatency(scenario)));
        for (String peer : List.of(Peer.BARE, Peer.STAGEDOOR)) {
            node.set(peer, summaryOf(scenario, peer));
        }
        return node;
    }

    private ObjectNode summaryOf(Scenario scenario, String peer) {
        ObjectNode node = MAPPER.createObjectNode();
        node.set(
                "requests_per_cpu_second",
                json(summary.closed(peer, scenario, LoadResult::perCpuSecond)));
        node.set(
                "requests_per_second", json(summary.closed(peer, scenario, LoadResult::perSecond)));
        node.set("closed_p50_us", json(summary.closed(peer, scenario, Summary::medianMicros)));
        node.set("closed_p99_us", json(summary.closed(peer, scenario, Summary::p99Micros)));
        node.set("rate_p50_us", json(summary.atRate(peer, scenario, Summary::medianMicros)));
        node.set("rate_p99_us", json(summary.atRate(peer, scenario, Summary::p99Micros)));
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
