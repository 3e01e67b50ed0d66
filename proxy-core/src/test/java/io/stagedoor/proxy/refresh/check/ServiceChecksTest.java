package io.stagedoor.proxy.refresh.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refresh.Finding;
import io.stagedoor.proxy.refresh.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceChecksTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GOOD = run("r1", "Succeeded", "2026-03-01T07:00:00.1234567Z");
    private static final String RUNNING = run("r2", "InProgress", null);

    private final TestClock clock = new TestClock();
    private final List<String> asked = new ArrayList<>();

    @Test
    void aPipelineIsWellWhenItsLastRunHasSucceeded() {
        Finding finding = pipeline(false, GOOD, run("r0", "Failed", "2026-03-01T05:00:00Z"));

        assertThat(finding)
                .isEqualTo(Finding.well("run r1 Succeeded at 2026-03-01T07:00:00.123456700Z"));
    }

    @ParameterizedTest
    @CsvSource({"Failed", "Cancelled", "SomethingNew"})
    void aPipelineIsNotWellWhenItsLastRunHasNotSucceeded(String status) {
        Finding finding = pipeline(false, run("r2", status, "2026-03-01T07:30:00Z"), GOOD);

        assertThat(finding)
                .isEqualTo(Finding.unwell("run r2 " + status + " at 2026-03-01T07:30:00Z"));
    }

    @Test
    void aRunUnderWayHoldsBackUnlessItIsPassedOver() {
        assertThat(pipeline(false, RUNNING, GOOD)).isEqualTo(Finding.unwell("run r2 InProgress"));
        assertThat(pipeline(true, RUNNING, GOOD).verdict()).isEqualTo(Verdict.WELL);
        assertThat(pipeline(true, RUNNING).verdict()).isEqualTo(Verdict.UNWELL);
    }

    @Test
    void aSuccessThatIsTooOldDoesNotCount() {
        Finding finding = pipeline(false, run("r1", "Succeeded", "2026-02-28T07:59:59Z"));

        assertThat(finding.verdict()).isEqualTo(Verdict.UNWELL);
        assertThat(finding.value()).contains("longer ago than PT24H");
    }

    @Test
    void aPipelineThatHasNotRunIsNotWell() {
        assertThat(pipeline(false)).isEqualTo(Finding.unwell("no run has ended within PT24H"));
    }

    @Test
    void otherPipelinesInTheAnswerDoNotCount() {
        String other = GOOD.replace("nightly", "hourly");

        assertThat(pipeline(false, other).verdict()).isEqualTo(Verdict.UNWELL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"value\":{}}",
                "{\"value\":[{\"runId\":\"r\"}]}",
                "{\"value\":[{\"runId\":\"r\",\"status\":\"Succeeded\",\"runEnd\":\"noon\"}]}",
                "{\"value\":[{\"runId\":\"r\",\"status\":\"Succeeded\"}]}"
            })
    void anAnswerThatCannotBeReadTellsNothing(String answer) {
        assertThat(check(false, answer).look().verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void theServiceIsAskedForTheNewestRunsOfThatPipeline() throws Exception {
        var _ = pipeline(false, GOOD);

        assertThat(asked.getFirst()).isEqualTo("/queryPipelineRuns?api-version=2020-12-01");
        JsonNode query = JSON.readTree(asked.getLast());
        assertThat(query.at("/filters/0/operand").asText()).isEqualTo("PipelineName");
        assertThat(query.at("/filters/0/values/0").asText()).isEqualTo("nightly");
        assertThat(query.at("/orderBy/0/order").asText()).isEqualTo("DESC");
        assertThat(query.path("lastUpdatedAfter").asText()).isEqualTo("2026-02-27T08:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "Online, WELL",
        "Paused, UNWELL",
        "Pausing, UNWELL",
        "Resuming, UNWELL",
        "Scaling, UNWELL",
    })
    void aSqlPoolIsWellWhenItIsOnline(String status, Verdict verdict) {
        String answer = "{\"properties\":{\"status\":\"" + status + "\"}}";

        Finding finding = new SqlPoolCheck("ws1", "dw 1", reads(answer)).look();

        assertThat(finding).isEqualTo(new Finding(verdict, "status " + status));
        assertThat(asked).containsExactly("/sqlPools/dw%201?api-version=2020-12-01");
    }

    @Test
    void aSqlPoolWithoutAStatusTellsNothing() {
        assertThat(new SqlPoolCheck("ws1", "dw1", reads("{}")).look().verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void whatCannotBeReadTellsNothing() {
        assertThat(new SqlPoolCheck("ws1", "dw1", reads("broken")).look())
                .isEqualTo(Finding.unknown("planted"));
        assertThat(check(false, "broken").look()).isEqualTo(Finding.unknown("planted"));
    }

    @ParameterizedTest
    @CsvSource({"2, false, WELL", "0, false, UNWELL", "2, true, UNWELL"})
    void aServiceIsWellWhenTheProxyReachesIt(long healthy, boolean open, Verdict verdict) {
        CircuitCheck check =
                new CircuitCheck("ws1", () -> Optional.of(new CircuitCheck.State(healthy, open)));

        assertThat(check.look().verdict()).isEqualTo(verdict);
        assertThat(check.name()).isEqualTo("circuit ws1");
    }

    @Test
    void aServiceThatIsNoMoreTellsNothing() {
        assertThat(new CircuitCheck("ws9", Optional::empty).look().verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    private Finding pipeline(boolean passes, String... runs) {
        return check(passes, "{\"value\":[" + String.join(",", runs) + "]}").look();
    }

    private PipelineCheck check(boolean passes, String answer) {
        return new PipelineCheck(
                new PipelineCheck.Pipeline("ws1", "nightly", Duration.ofDays(1), passes),
                "2020-12-01",
                reads(answer),
                clock);
    }

    private static String run(String id, String status, @Nullable String end) {
        return "{\"runId\":\""
                + id
                + "\",\"pipelineName\":\"nightly\",\"status\":\""
                + status
                + "\""
                + (end == null ? "" : ",\"runEnd\":\"" + end + "\"")
                + "}";
    }

    private ServiceReads reads(String answer) {
        return new ServiceReads() {
            @Override
            public JsonNode get(String target) throws NoReadingException {
                asked.add(target);
                return parsed(answer);
            }

            @Override
            public JsonNode post(String target, String json) throws NoReadingException {
                asked.add(target);
                asked.add(json);
                return parsed(answer);
            }
        };
    }

    private static JsonNode parsed(String answer) throws ServiceReads.NoReadingException {
        try {
            return JSON.readTree(answer);
        } catch (IOException _) {
            throw new ServiceReads.NoReadingException("planted");
        }
    }
}
