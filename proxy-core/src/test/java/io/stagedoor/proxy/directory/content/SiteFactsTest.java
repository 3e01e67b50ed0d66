package io.stagedoor.proxy.directory.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.policy.operation.ContentKind;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.directory.facts.ScopeQuestion;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteFactsTest {

    private static final String W = "0a000000-0000-4000-8000-000000000001";
    private static final String V = "0a000000-0000-4000-8000-000000000002";
    private static final String D = "0a000000-0000-4000-8000-000000000003";
    private static final String F = "0a000000-0000-4000-8000-000000000004";
    private static final String J = "0a000000-0000-4000-8000-000000000005";
    private static final String P = "0b000000-0000-4000-8000-000000000001";
    private static final String Q = "0b000000-0000-4000-8000-000000000002";

    private final ScriptedSite site = new ScriptedSite();
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private final SiteFacts facts = new SiteFacts(site, () -> now, Duration.ofMinutes(5));

    /** Answers what it was told to; whatever it was not, it does not have. */
    private static final class ScriptedSite implements SiteReader {

        private static final ObjectMapper JSON = new ObjectMapper();
        private final Map<String, String> answers = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private boolean broken;
        private Runnable meanwhile = () -> {};

        @Override
        public Optional<JsonNode> read(String path) throws SiteReadException {
            asked.add(path);
            if (broken) {
                throw new SiteReadException("status 500");
            }
            Optional<JsonNode> answer =
                    Optional.ofNullable(answers.get(path)).map(ScriptedSite::json);
            meanwhile.run();
            return answer;
        }

        private static JsonNode json(String text) {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static ScopeQuestion about(ContentKind kind, String id) {
        return ScopeQuestion.of(new ScopeInput.ContentProject(kind, "x"), Map.of("x", id));
    }

    private ScopeValue ask(ContentKind kind, String id) throws RefusedException {
        return facts.lookup(about(kind, id));
    }

    private void workbookIn(String project) {
        site.answers.put(
                "workbooks/" + W, "{\"workbook\":{\"project\":{\"id\":\"" + project + "\"}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    WORKBOOK           | workbooks             | {"workbook":{"id":"x","project":{"id":"%p"},"owner":{"id":"o"}}}
                    VIEW               | views                 | {"view":{"project":{"id":"%p"},"workbook":{"id":"%w"}}}
                    VIEW               | views                 | {"view":{"workbook":{"id":"%w"}}}
                    CUSTOM_VIEW        | customviews           | {"customView":{"view":{"id":"%v"},"workbook":{"id":"%w"}}}
                    DATASOURCE         | datasources           | {"datasource":{"project":{"id":"%p"}}}
                    FLOW               | flows                 | {"flow":{"project":{"id":"%p"}}}
                    VIRTUAL_CONNECTION | virtualconnections    | {"virtualConnection":{"project":{"id":"%p"}}}
                    FLOW_RUN           | flows/runs            | {"flowRun":{"flowId":"%f"}}
                    JOB                | jobs                  | {"job":{"extractRefreshJob":{"workbook":{"id":"%w"}}}}
                    JOB                | jobs                  | {"job":{"extractRefreshJob":{"datasource":{"id":"%d"}}}}
                    JOB                | jobs                  | {"job":{"runFlowJobType":{"flow":{"id":"%f"},"flowRunId":"r"}}}
                    EXTRACT_TASK       | tasks/extractRefreshes | {"task":{"extractRefresh":{"workbook":{"id":"%w"}}}}
                    FLOW_TASK          | tasks/runFlow         | {"task":{"flowRun":{"flow":{"id":"%f"}}}}
                    SUBSCRIPTION       | subscriptions         | {"subscription":{"content":{"type":"Workbook","id":"%w"}}}
                    SUBSCRIPTION       | subscriptions         | {"subscription":{"content":{"type":"View","id":"%v"}}}
                    DATA_ALERT         | dataAlerts            | {"dataAlert":{"view":{"id":"%v"}}}
                    """)
    void findsTheProjectStepByStep(ContentKind kind, String folder, String answer)
            throws RefusedException {
        String id = "0c000000-0000-4000-8000-000000000001";
        workbookIn(P);
        site.answers.put("views/" + V, "{\"view\":{\"workbook\":{\"id\":\"" + W + "\"}}}");
        site.answers.put(
                "datasources/" + D, "{\"datasource\":{\"project\":{\"id\":\"" + P + "\"}}}");
        site.answers.put("flows/" + F, "{\"flow\":{\"project\":{\"id\":\"" + P + "\"}}}");
        site.answers.put(
                folder + "/" + id,
                answer.replace("%p", P)
                        .replace("%w", W)
                        .replace("%v", V)
                        .replace("%d", D)
                        .replace("%f", F));

        assertThat(ask(kind, id)).isEqualTo(ScopeValue.text(P));
        assertThat(facts.known(about(kind, id))).contains(ScopeValue.text(P));
    }

    @Test
    void asksOnceForAsLongAsItBelieves() throws RefusedException {
        workbookIn(P);

        ask(ContentKind.WORKBOOK, W);
        ask(ContentKind.WORKBOOK, W.toUpperCase(Locale.ROOT));
        assertThat(site.asked).hasSize(1);

        now = now.plus(Duration.ofMinutes(6));
        workbookIn(Q);
        assertThat(facts.known(about(ContentKind.WORKBOOK, W))).isEmpty();
        assertThat(ask(ContentKind.WORKBOOK, W)).isEqualTo(ScopeValue.text(Q));
    }

    @Test
    void forgetsWhatHasChanged() throws RefusedException {
        workbookIn(P);
        ask(ContentKind.WORKBOOK, W);
        workbookIn(Q);

        facts.changed(ContentKind.WORKBOOK, W);

        assertThat(ask(ContentKind.WORKBOOK, W)).isEqualTo(ScopeValue.text(Q));
    }

    @Test
    void keepsNothingThatWasReadWhileSomethingChanged() throws RefusedException {
        workbookIn(P);
        site.meanwhile = () -> facts.changed(ContentKind.WORKBOOK, W);

        assertThat(ask(ContentKind.WORKBOOK, W)).isEqualTo(ScopeValue.text(P));

        assertThat(facts.known(about(ContentKind.WORKBOOK, W))).isEmpty();
    }

    @Test
    void whatIsNotThereIsAbsentAndAskedForAgain() throws RefusedException {
        assertThat(ask(ContentKind.WORKBOOK, W)).isEqualTo(ScopeValue.absent());
        assertThat(ask(ContentKind.WORKBOOK, W)).isEqualTo(ScopeValue.absent());

        assertThat(site.asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"workbook\":{\"project\":{\"id\":7}}}",
                "{\"workbook\":{\"project\":{\"id\":\"../x\"}}}",
                "{\"workbook\":[]}"
            })
    void anAnswerThatNamesNoProjectLeavesItAbsent(String answer) throws RefusedException {
        site.answers.put("workbooks/" + W, answer);

        assertThat(ask(ContentKind.WORKBOOK, W)).isEqualTo(ScopeValue.absent());
    }

    @Test
    void aCircleOfThingsEndsInNoProject() throws RefusedException {
        site.answers.put("views/" + V, "{\"view\":{\"workbook\":{\"id\":\"" + W + "\"}}}");
        site.answers.put(
                "subscriptions/" + J,
                "{\"subscription\":{\"content\":{\"type\":\"View\",\"id\":\"" + V + "\"}}}");

        assertThat(ask(ContentKind.SUBSCRIPTION, J)).isEqualTo(ScopeValue.absent());
        assertThat(site.asked).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"w1", "", "..", "0a000000-0000-4000-8000-00000000000g"})
    void idsThatNothingCanHaveAreNeverAskedFor(String id) throws RefusedException {
        assertThat(facts.known(about(ContentKind.WORKBOOK, id))).contains(ScopeValue.absent());
        assertThat(site.asked).isEmpty();
    }

    @Test
    void aProjectHoldsItself() {
        assertThat(facts.known(about(ContentKind.PROJECT, P))).contains(ScopeValue.text(P));
    }

    @Test
    void theKindMayStandInThePathAndTheIdInTheBody() throws RefusedException {
        workbookIn(P);
        ScopeInput typed = new ScopeInput.TypedContentProject("kind", "x");
        ScopeInput inBody = new ScopeInput.BodyContentProject(ContentKind.WORKBOOK, "/w/id");

        assertThat(facts.lookup(ScopeQuestion.of(typed, Map.of("kind", "workbooks", "x", W))))
                .isEqualTo(ScopeValue.text(P));
        assertThat(facts.lookup(ScopeQuestion.of(typed, Map.of("kind", "tables", "x", W))))
                .isEqualTo(ScopeValue.absent());
        assertThat(facts.lookup(new ScopeQuestion(inBody, Map.of(), _ -> ScopeValue.text(W))))
                .isEqualTo(ScopeValue.text(P));
    }

    @Test
    void aSiteThatDoesNotSayIsARefusalAndNoGuess() {
        site.broken = true;

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> ask(ContentKind.WORKBOOK, W))
                .satisfies(
                        refused -> assertThat(refused.code()).isEqualTo(Code.UPSTREAM_UNREACHABLE));
    }
}
