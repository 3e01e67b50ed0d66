package io.stagedoor.proxy.directory.facts;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.directory.definitions.DefinitionCache;
import io.stagedoor.proxy.directory.synapse.SynapseArtifactApi;
import io.stagedoor.proxy.directory.synapse.SynapseRoleApi;
import io.stagedoor.proxy.directory.synapse.WorkspaceReader;
import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.Listed;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceFactsTest {

    @RegisterExtension static final FakeWorkspace WORKSPACE = new FakeWorkspace();

    private static final Duration BELIEVED = Duration.ofSeconds(30);
    private static final ScopeQuestion JOB =
            ScopeQuestion.of(new ScopeInput.JobDefinitionPool("name"), Map.of("name", "Daily"));
    private static final ScopeQuestion RUN =
            ScopeQuestion.of(new ScopeInput.RecordedRun("runId"), Map.of("runId", "R1"));
    private static final String JOB_PATH = "/sparkJobDefinitions/Daily";

    private final TestClock clock = new TestClock();
    private WorkspaceReader reader;
    private WorkspaceFacts facts;

    @BeforeEach
    void open() {
        reader = WORKSPACE.reader(clock);
        facts =
                new WorkspaceFacts(
                        new SynapseRoleApi(reader),
                        new SynapseArtifactApi(reader),
                        clock,
                        BELIEVED);
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void knowsNothingAtFirstAndSaysSoWithoutAsking() {
        assertThat(facts.known(JOB)).isEmpty();
        assertThat(facts.known(RUN)).isEmpty();
        WORKSPACE.server().verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void readsTheBodyWithoutWaiting() {
        ScopeQuestion question =
                new ScopeQuestion(
                        new ScopeInput.BodyField("/sparkPool"),
                        Map.of(),
                        pointer -> ScopeValue.text("at " + pointer));

        assertThat(facts.known(question)).contains(ScopeValue.text("at /sparkPool"));
    }

    @Test
    void keepsWhatItLookedUp() throws Exception {
        serve(JOB_PATH, job("p1"));

        ScopeValue looked = facts.lookup(JOB);

        assertThat(looked).isEqualTo(ScopeValue.text("p1"));
        assertThat(facts.known(JOB)).contains(looked);
    }

    @Test
    void comparesNamesWithoutCase() throws Exception {
        serve(JOB_PATH, job("p1"));
        facts.lookup(JOB);

        ScopeQuestion shouted = ScopeQuestion.of(JOB.input(), Map.of("name", "DAILY"));

        assertThat(facts.known(shouted)).contains(ScopeValue.text("p1"));
    }

    @Test
    void believesUpToTheStatedTimeAndNoLonger() throws Exception {
        serve(JOB_PATH, job("p1"));
        facts.lookup(JOB);

        clock.advance(BELIEVED.minusMillis(1));
        assertThat(facts.known(JOB)).isPresent();
        clock.advance(Duration.ofMillis(1));

        assertThat(facts.known(JOB)).isEmpty();
    }

    @Test
    void asksWhetherItChangedOnceItIsOld() throws Exception {
        serve(JOB_PATH, job("p1").withHeader("etag", "\"v1\""));
        facts.lookup(JOB);
        clock.advance(BELIEVED);
        WORKSPACE.server().resetMappings();
        WORKSPACE
                .server()
                .stubFor(
                        get(urlPathEqualTo(JOB_PATH))
                                .withHeader("if-none-match", equalTo("\"v1\""))
                                .willReturn(aResponse().withStatus(304)));

        assertThat(facts.lookup(JOB)).isEqualTo(ScopeValue.text("p1"));
        assertThat(facts.known(JOB)).isPresent();
    }

    @Test
    void forgetsWhenAWritePassesThroughAndAsksUntilItHasSettled() throws Exception {
        serve(JOB_PATH, job("p1"));
        facts.lookup(JOB);
        serve(JOB_PATH, job("p2"));

        facts.jobDefinitionWritten("daily");

        assertThat(facts.known(JOB)).isEmpty();
        assertThat(facts.lookup(JOB)).isEqualTo(ScopeValue.text("p2"));
        assertThat(facts.known(JOB)).isEmpty();
        clock.advance(DefinitionCache.WRITES_SETTLE.plusSeconds(1));
        facts.lookup(JOB);
        assertThat(facts.known(JOB)).isPresent();
    }

    @Test
    void findsTheNotebookThatTheBodyNames() throws Exception {
        serve(
                "/notebooks/Book",
                json("{\"properties\":{\"bigDataPool\":{\"referenceName\":\"p3\"}}}"));
        ScopeQuestion question = notebook(ScopeValue.text("Book"));

        assertThat(facts.known(question)).isEmpty();
        assertThat(facts.lookup(question)).isEqualTo(ScopeValue.text("p3"));
        facts.notebookWritten("book");
        assertThat(facts.known(question)).isEmpty();
    }

    @Test
    void handsOnThatTheBodyNamesNoNotebook() {
        assertThat(facts.known(notebook(ScopeValue.absent()))).contains(ScopeValue.absent());
        assertThat(facts.known(notebook(ScopeValue.notText()))).contains(ScopeValue.notText());
    }

    @Test
    void keepsNoMemoryOfWhatIsNotThere() throws Exception {
        serve(JOB_PATH, aResponse().withStatus(404));

        assertThat(facts.lookup(JOB)).isEqualTo(ScopeValue.absent());
        assertThat(facts.known(JOB)).isEmpty();
    }

    @Test
    void remembersThePoolOfARunThatWentThrough() {
        facts.runStarted("r1", "p4");

        clock.advance(Duration.ofDays(1));

        assertThat(facts.known(RUN)).contains(ScopeValue.text("p4"));
    }

    @Test
    void asksForTheRunItHasNotSeen() throws Exception {
        serve("/notebooks/runs/R1", json("{\"result\":{\"sparkPool\":\"p5\"}}"));

        assertThat(facts.lookup(RUN)).isEqualTo(ScopeValue.text("p5"));
        assertThat(facts.known(RUN)).contains(ScopeValue.text("p5"));
    }

    @Test
    void asksForAStoredAssignmentEveryTime() throws Exception {
        ScopeQuestion question =
                ScopeQuestion.of(
                        new ScopeInput.StoredAssignment("id"),
                        Map.of("id", Listed.guid("0550e787", 1)));
        String path = "/roleAssignments/" + Listed.guid("0550e787", 1);
        serve(path, json(Listed.assignment(1, Listed.CONTRIBUTOR, "workspaces/ws1")));

        assertThat(facts.lookup(question)).isEqualTo(ScopeValue.text("workspaces/ws1"));
        assertThat(facts.known(question)).isEmpty();
        facts.lookup(question);
        WORKSPACE.server().verify(2, getRequestedFor(urlPathEqualTo(path)));
    }

    @Test
    void saysThatNoAssignmentIsStored() throws Exception {
        ScopeQuestion question =
                ScopeQuestion.of(new ScopeInput.StoredAssignment("id"), Map.of("id", "x"));
        serve("/roleAssignments/x", aResponse().withStatus(404));

        assertThat(facts.lookup(question)).isEqualTo(ScopeValue.absent());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 500})
    void refusesWhenTheWorkspaceDoesNotSay(int status) {
        serve(JOB_PATH, aResponse().withStatus(status));

        assertThatThrownBy(() -> facts.lookup(JOB))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(Code.UPSTREAM_UNREACHABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/b", ""})
    void refusesANameThatWouldLeadElsewhere(String name) {
        ScopeQuestion question = ScopeQuestion.of(JOB.input(), Map.of("name", name));

        assertThatThrownBy(() -> facts.lookup(question)).isInstanceOf(RefusedException.class);
        WORKSPACE.server().verify(0, anyRequestedFor(anyUrl()));
    }

    private static ScopeQuestion notebook(ScopeValue name) {
        return new ScopeQuestion(new ScopeInput.NotebookPool("/notebook"), Map.of(), _ -> name);
    }

    private static ResponseDefinitionBuilder job(String pool) {
        return json(
                "{\"properties\":{\"targetBigDataPool\":{\"referenceName\":\"" + pool + "\"}}}");
    }

    private static ResponseDefinitionBuilder json(String body) {
        return aResponse().withHeader("content-type", "application/json").withBody(body);
    }

    private static void serve(String path, ResponseDefinitionBuilder response) {
        WORKSPACE.server().stubFor(get(urlPathEqualTo(path)).willReturn(response));
    }
}
