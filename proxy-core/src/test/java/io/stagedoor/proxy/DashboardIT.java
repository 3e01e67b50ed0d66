package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the dashboard to the metrics that a proxy shows after some traffic. */
class DashboardIT {

    private static final Path DASHBOARD =
            Path.of(System.getProperty("basedir", "."), "docs/dashboards/stagedoor.json");

    /** A metric, and what stands in braces behind it. */
    private static final Pattern SELECTOR =
            Pattern.compile("([a-z][a-z0-9]*(?:_[a-z0-9]+)+)(?:\\{([^}]*)})?");

    private static final Pattern MATCHED_LABEL = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without) \\(([^)]*)\\)");
    private static final Pattern SAMPLE = Pattern.compile("^([a-z_0-9]+)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    private static final Map<String, Set<String>> EXPOSED = new HashMap<>();
    private static JsonNode dashboard;

    @BeforeAll
    static void scrapesAProxyAfterSomeTraffic() throws IOException, InterruptedException {
        dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        try (ProxyFixture proxy = ProxyFixture.start(DashboardIT::withTraces)) {
            String run = "/pipelines/" + DemoCast.NIGHTLY + "/createRun";
            for (int time = 0; time < 2; time++) {
                assertThat(proxy.send(DemoCast.ENGINEER, "POST", run).statusCode()).isEqualTo(202);
            }
            assertThat(proxy.send(DemoCast.ANALYST, "POST", run).statusCode()).isEqualTo(403);
            var forged = proxy.request("a.b.c", "GET", "/pipelines", Optional.empty());
            assertThat(proxy.send(forged).statusCode()).isEqualTo(401);
            awaitCollection(proxy);
            proxy.admin("/metrics").body().lines().forEach(DashboardIT::expose);
        }
    }

    /** The collector's figures are there once it has run, and said so. */
    private static void awaitCollection(ProxyFixture proxy) {
        long before = collections();
        byte[] garbage = new byte[0];
        while (collections() == before) {
            garbage = new byte[garbage.length / 2 + (1 << 20)];
        }
        Awaitility.await()
                .until(() -> proxy.admin("/metrics").body().contains("jvm_gc_pause_seconds_sum"));
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static String withTraces(String text) {
        return text.replace("admin:\n", "admin:\n  traces:\n    collector: http://127.0.0.1:9\n");
    }

    private static void expose(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (sample.matches()) {
            Set<String> labels = EXPOSED.computeIfAbsent(sample.group(1), _ -> new HashSet<>());
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(each -> labels.add(each.group(1)));
            }
        }
    }

    @Test
    void everyMetricAndLabelOfThePanelsIsExposed() {
        List<String> wrong = new ArrayList<>();
        for (String expression : expressions()) {
            wrong.addAll(faults(expression));
        }

        assertThat(expressions()).hasSizeGreaterThan(15);
        assertThat(wrong).isEmpty();
    }

    @Test
    void aMetricOrLabelThatIsNotExposedIsFound() {
        assertThat(faults("rate(stagedoor_nothing_total[5m])"))
                .containsExactly("no metric stagedoor_nothing_total");
        assertThat(faults("sum by (person) (rate(stagedoor_tokens_total{name=\"x\"}[5m]))"))
                .containsExactlyInAnyOrder(
                        "no label name at stagedoor_tokens_total",
                        "no label person at stagedoor_tokens_total");
    }

    @Test
    void everyPanelHasTitleDescriptionAndUnit() {
        assertThat(dashboard.path("panels")).isNotEmpty();
        assertThat(dashboard.path("panels"))
                .allSatisfy(
                        panel -> {
                            assertThat(panel.path("title").asText()).isNotBlank();
                            assertThat(panel.path("description").asText()).isNotBlank();
                            assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                                    .isNotBlank();
                        });
    }

    private static List<String> expressions() {
        return dashboard.findValuesAsText("expr");
    }

    private static Stream<MatchResult> metrics(String expression) {
        return SELECTOR.matcher(
                        GROUPING.matcher(expression)
                                .replaceAll("")
                                .replace("$__rate_interval", "5m"))
                .results();
    }

    private static List<String> faults(String expression) {
        Set<String> grouped = new HashSet<>();
        GROUPING.matcher(expression)
                .results()
                .forEach(each -> grouped.addAll(List.of(each.group(1).split(",\\s*"))));
        List<String> faults = new ArrayList<>();
        metrics(expression).forEach(found -> faults.addAll(faults(found, grouped)));
        return faults;
    }

    private static List<String> faults(MatchResult found, Set<String> grouped) {
        String metric = found.group(1);
        Set<String> exposed = EXPOSED.get(metric);
        if (exposed == null) {
            return List.of("no metric " + metric);
        }
        Set<String> wanted = new HashSet<>(grouped);
        if (found.group(2) != null) {
            MATCHED_LABEL
                    .matcher(found.group(2))
                    .results()
                    .forEach(each -> wanted.add(each.group(1)));
        }
        wanted.removeAll(exposed);
        return wanted.stream().map(label -> "no label " + label + " at " + metric).toList();
    }
}
