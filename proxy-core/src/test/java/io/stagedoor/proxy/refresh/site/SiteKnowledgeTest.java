package io.stagedoor.proxy.refresh.site;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.stagedoor.proxy.refresh.testing.TestSite.BOOK;
import static io.stagedoor.proxy.refresh.testing.TestSite.FLOW;
import static io.stagedoor.proxy.refresh.testing.TestSite.PROJECT;
import static io.stagedoor.proxy.refresh.testing.TestSite.SALES;
import static io.stagedoor.proxy.refresh.testing.TestSite.TASK;
import static io.stagedoor.proxy.refresh.testing.TestSite.json;
import static io.stagedoor.proxy.refresh.testing.TestSite.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refresh.Content;
import io.stagedoor.proxy.refresh.ContentKind;
import io.stagedoor.proxy.refresh.ContentLookup.Answer;
import io.stagedoor.proxy.refresh.Finding;
import io.stagedoor.proxy.refresh.RefreshTarget;
import io.stagedoor.proxy.refresh.RefreshTarget.Kind;
import io.stagedoor.proxy.refresh.SourceCheck;
import io.stagedoor.proxy.refresh.Verdict;
import io.stagedoor.proxy.refresh.WatchedCheck;
import io.stagedoor.proxy.refresh.testing.TestSite;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteKnowledgeTest {

    @RegisterExtension static final FakeWorkspace SERVER = new FakeWorkspace();

    private static final Content DATA =
            new Content(ContentKind.DATASOURCE, SALES, Optional.of(PROJECT));

    private final TestClock clock = new TestClock();
    private HttpTableauCalls calls;
    private SiteContents contents;

    @BeforeEach
    void open() {
        calls = TestSite.calls(SERVER, TestSite.session());
        contents = new SiteContents(calls, this::nanos);
        inProject("datasources/" + SALES, "datasource");
        inProject("workbooks/" + BOOK, "workbook");
        inProject("flows/" + FLOW, "flow");
    }

    @AfterEach
    void close() {
        calls.close();
    }

    @ParameterizedTest
    @CsvSource({
        "DATASOURCE, " + SALES + ", DATASOURCE",
        "WORKBOOK, " + BOOK + ", WORKBOOK",
        "FLOW, " + FLOW + ", FLOW"
    })
    void contentIsInTheProjectThatTheSiteSays(Kind kind, String id, ContentKind content) {
        assertThat(contents.find(new RefreshTarget(kind, id)))
                .isEqualTo(Answer.of(new Content(content, id, Optional.of(PROJECT))));
    }

    @ParameterizedTest
    @CsvSource({
        "EXTRACT_TASK, tasks/extractRefreshes, extractRefresh, datasource, " + SALES,
        "EXTRACT_TASK, tasks/extractRefreshes, extractRefresh, workbook, " + BOOK,
        "FLOW_TASK, tasks/runFlow, flowRun, flow, " + FLOW
    })
    void aTaskLeadsToItsContent(Kind kind, String path, String word, String what, String id) {
        stub(
                path + "/" + TASK,
                "{\"task\":{\"%s\":{\"%s\":{\"id\":\"%s\"}}}}"
                        .replaceFirst("%s", word)
                        .replaceFirst("%s", what)
                        .replaceFirst("%s", id));

        Answer answer = contents.find(new RefreshTarget(kind, TASK));

        assertThat(answer.content().map(Content::luid)).contains(id);
        assertThat(answer.content().flatMap(Content::project)).contains(PROJECT);
    }

    @Test
    void theSiteIsAskedOnceForAWhile() {
        RefreshTarget target = new RefreshTarget(Kind.DATASOURCE, SALES);

        assertThat(contents.atHand(target)).isEmpty();
        Answer answer = contents.find(target);
        assertThat(contents.find(target)).isEqualTo(answer);
        assertThat(contents.atHand(target)).contains(answer);
        clock.advance(Duration.ofMinutes(5));
        assertThat(contents.atHand(target)).isEmpty();
        SERVER.server().verify(1, getRequestedFor(anyUrl()));
    }

    @Test
    void aFailureIsKeptForAMomentOnly() {
        RefreshTarget target = new RefreshTarget(Kind.FLOW, TASK);

        assertThat(contents.find(target).content()).isEmpty();
        assertThat(contents.find(target).failure()).contains("404");
        SERVER.server().verify(1, getRequestedFor(anyUrl()));
        clock.advance(Duration.ofSeconds(10));
        assertThat(contents.atHand(target)).isEmpty();
    }

    @Test
    void whatHasChangedIsAskedForAnew() {
        RefreshTarget target = new RefreshTarget(Kind.DATASOURCE, SALES);
        var _ = contents.find(target);

        contents.changed("datasource", BOOK);
        assertThat(contents.atHand(target)).isPresent();
        contents.changed("datasource", SALES.toUpperCase(Locale.ROOT));
        assertThat(contents.atHand(target)).isEmpty();
        var _ = contents.find(target);
        contents.changed("project", PROJECT);
        assertThat(contents.atHand(target)).isEmpty();
    }

    @Test
    void whatIsNoIdIsNeverPutIntoAPath() {
        Answer answer = contents.find(new RefreshTarget(Kind.DATASOURCE, "../../users"));

        assertThat(answer.content()).isEmpty();
        SERVER.server().verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    void connectionsLeadToTheChecksOfTheirServers() {
        WatchedCheck circuit = check("circuit ws1", Finding.well("up"));
        stub(
                "datasources/" + SALES + "/connections",
                "{\"connections\":{\"connection\":[{\"id\":\"1\",\"serverAddress\":\"WS1.sql.azuresynapse.net\"},"
                        + "{\"id\":\"2\",\"serverAddress\":\"elsewhere.example\"},{\"id\":\"3\"}]}}");
        FoundSources found = found(Map.of("ws1.sql.azuresynapse.net", List.of(circuit)));

        assertThat(found.atHand(DATA)).isEmpty();
        assertThat(found.find(DATA)).containsExactly(circuit);
        assertThat(found.atHand(DATA)).contains(List.of(circuit));
        SERVER.server().verify(1, getRequestedFor(anyUrl()));
    }

    @Test
    void contentThatReadsFromElsewhereHasNoChecks() {
        stub("datasources/" + SALES + "/connections", "{\"connections\":{}}");

        assertThat(found(Map.of()).find(DATA)).isEmpty();
    }

    @Test
    void connectionsThatCannotBeReadTellNothing() {
        SERVER.server().stubFor(get(anyUrl()).willReturn(aResponse().withStatus(500)));

        assertThat(found(Map.of()).find(DATA))
                .singleElement()
                .matches(check -> check.observe().verdict() == Verdict.UNKNOWN);
    }

    private FoundSources found(Map<String, List<WatchedCheck>> servers) {
        return new FoundSources(
                calls, servers, finding -> check("connections", finding), this::nanos);
    }

    private WatchedCheck check(String name, Finding finding) {
        record Fixed(String name, Finding look) implements SourceCheck {}
        return new WatchedCheck(
                "found",
                new Fixed(name, finding),
                new WatchedCheck.Times(Duration.ofSeconds(15), Duration.ofSeconds(30)),
                Runnable::run,
                clock);
    }

    private void inProject(String rest, String word) {
        stub(rest, "{\"" + word + "\":{\"project\":{\"id\":\"" + PROJECT + "\"}}}");
    }

    private static void stub(String rest, String body) {
        SERVER.server().stubFor(get(urlEqualTo(path(rest))).willReturn(json(body)));
    }

    private long nanos() {
        return Duration.between(TestClock.START, clock.instant()).toNanos();
    }
}
