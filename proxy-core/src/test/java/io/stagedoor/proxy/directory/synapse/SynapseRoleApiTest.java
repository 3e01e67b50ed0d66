package io.stagedoor.proxy.directory.synapse;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.StringValuePattern;
import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.FixedAuthorization;
import io.stagedoor.proxy.directory.testing.Listed;
import io.stagedoor.proxy.directory.testing.TestClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SynapseRoleApiTest {

    @RegisterExtension static final FakeWorkspace WORKSPACE = new FakeWorkspace();

    private static final String PATH = "/roleAssignments";
    private static final String NEXT = "x-ms-continuation";

    private final TestClock clock = new TestClock();
    private WorkspaceReader reader;
    private SynapseRoleApi api;

    @BeforeEach
    void open() {
        reader = WORKSPACE.reader(clock);
        api = new SynapseRoleApi(reader);
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void readsToTheLastPageAndSendsBackWhatItWasGiven() throws Exception {
        serve(page(1).withHeader(NEXT, "two"), absent());
        serve(page(2).withHeader(NEXT, "three=="), equalTo("two"));
        serve(page(3), equalTo("three=="));

        AssignmentListing listing = api.assignments();

        assertThat(ids(listing)).containsExactly(id(1), id(2), id(3));
        assertThat(listing.pages()).isEqualTo(3);
    }

    @Test
    void asksAsTheDocumentedClientDoes() throws Exception {
        serve(page(1), absent());

        api.assignments();

        WORKSPACE
                .server()
                .verify(
                        getRequestedFor(urlPathEqualTo(PATH))
                                .withQueryParam("api-version", equalTo("2020-12-01"))
                                .withoutQueryParam("scope")
                                .withHeader("authorization", equalTo("Bearer proxy"))
                                .withHeader("accept", equalTo("application/json"))
                                .withoutHeader(NEXT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "NULL"})
    void endsWhereTheFieldIsEmptyOrNull(String end) throws Exception {
        serve(page(1).withHeader(NEXT, "two"), absent());
        serve(page(2).withHeader(NEXT, end), equalTo("two"));

        AssignmentListing listing = api.assignments();

        assertThat(ids(listing)).containsExactly(id(1), id(2));
    }

    @Test
    void readsAnEmptyPageInTheMiddle() throws Exception {
        serve(page(1).withHeader(NEXT, "two"), absent());
        serve(json(Listed.page()).withHeader(NEXT, "three"), equalTo("two"));
        serve(page(3), equalTo("three"));

        assertThat(ids(api.assignments())).containsExactly(id(1), id(3));
    }

    @Test
    void refusesAPageThatContinuesAtItself() {
        serve(page(1).withHeader(NEXT, "two"), absent());
        serve(page(2).withHeader(NEXT, "two"), equalTo("two"));

        assertThatThrownBy(api::assignments)
                .isInstanceOf(WorkspaceReadException.class)
                .hasMessage("page 2 continues where an earlier page did: the list has no end");
    }

    @Test
    void refusesPagesThatGoRoundInACircle() {
        serve(page(1).withHeader(NEXT, "two"), absent());
        serve(page(2).withHeader(NEXT, "three"), equalTo("two"));
        serve(page(3).withHeader(NEXT, "two"), equalTo("three"));

        assertThatThrownBy(api::assignments).hasMessageContaining("page 3 continues");
    }

    @Test
    void refusesMorePagesThanTheLimit() {
        api = new SynapseRoleApi(reader(limits(2, 100)));
        serve(page(1).withHeader(NEXT, "two"), absent());
        serve(page(2).withHeader(NEXT, "three"), equalTo("two"));

        assertThatThrownBy(api::assignments).hasMessageContaining("more than 2 pages");
    }

    @Test
    void refusesMoreAssignmentsThanTheLimit() {
        api = new SynapseRoleApi(reader(limits(9, 1)));
        serve(page(1, 2), absent());

        assertThatThrownBy(api::assignments).hasMessageContaining("more than 1 role assignments");
    }

    @Test
    void failsAsAWholeWhenTheThirdPageFails() {
        serve(page(1).withHeader(NEXT, "two"), absent());
        serve(page(2).withHeader(NEXT, "three"), equalTo("two"));
        serve(aResponse().withStatus(500), equalTo("three"));

        assertThatThrownBy(api::assignments)
                .isInstanceOf(WorkspaceReadException.class)
                .hasMessage("the workspace answered status 500");
    }

    @Test
    void failsWhenAPageIsNotThere() {
        serve(aResponse().withStatus(404), absent());

        assertThatThrownBy(api::assignments).hasMessageContaining("status 404");
    }

    @Test
    void refusesTwoDifferentContinuations() {
        serve(page(1).withHeader(NEXT, "two", "three"), absent());

        assertThatThrownBy(api::assignments).hasMessage("a page names two different next pages");
    }

    @Test
    void takesAnAssignmentThatComesAgainFromTheLaterPage() throws Exception {
        String moved = Listed.assignment(1, Listed.CONTRIBUTOR, "workspaces/ws1/bigDataPools/p");
        serve(page(1, 2).withHeader(NEXT, "two"), absent());
        serve(json(Listed.page(moved)), equalTo("two"));

        AssignmentListing listing = api.assignments();

        assertThat(listing.assignments())
                .filteredOn(a -> a.id().equals(id(1)))
                .extracting(ListedAssignment::scope)
                .containsExactly("workspaces/ws1/bigDataPools/p");
        assertThat(listing.repeated()).isEqualTo(1);
    }

    @Test
    void isAsOldAsTheRequestForItsFirstPage() throws Exception {
        serve(page(1), absent());

        AssignmentListing listing = api.assignments();

        assertThat(listing.requestedAt()).isEqualTo(TestClock.START);
    }

    @Test
    void readsTheScopeOfOneStoredAssignment() throws Exception {
        WORKSPACE
                .server()
                .stubFor(
                        get(urlPathEqualTo(PATH + "/" + id(7)))
                                .willReturn(
                                        json(
                                                Listed.assignment(
                                                        7,
                                                        Listed.CONTRIBUTOR,
                                                        "workspaces/ws1/bigDataPools/p"))));

        assertThat(api.scopeOf(id(7))).contains("workspaces/ws1/bigDataPools/p");
    }

    @Test
    void tellsAnAssignmentThatIsNotThereFromOneThatCannotBeRead() throws Exception {
        WORKSPACE
                .server()
                .stubFor(
                        get(urlPathEqualTo(PATH + "/" + id(8)))
                                .willReturn(aResponse().withStatus(404)));
        WORKSPACE
                .server()
                .stubFor(
                        get(urlPathEqualTo(PATH + "/" + id(9)))
                                .willReturn(aResponse().withStatus(403)));

        assertThat(api.scopeOf(id(8))).isEmpty();
        assertThatThrownBy(() -> api.scopeOf(id(9))).hasMessageContaining("status 403");
    }

    private WorkspaceReader reader(ReadLimits limits) {
        return WORKSPACE.reader(new FixedAuthorization("Bearer proxy"), limits, clock);
    }

    private static ReadLimits limits(int pages, int assignments) {
        Duration some = Duration.ofSeconds(5);
        return new ReadLimits(some, some, some, 1 << 20, pages, assignments, 1);
    }

    private static void serve(ResponseDefinitionBuilder response, StringValuePattern continuation) {
        MappingBuilder request = get(urlPathEqualTo(PATH)).withHeader(NEXT, continuation);
        WORKSPACE.server().stubFor(request.willReturn(response));
    }

    private static ResponseDefinitionBuilder page(int... numbers) {
        List<String> items =
                Arrays.stream(numbers)
                        .mapToObj(n -> Listed.assignment(n, Listed.CONTRIBUTOR, "workspaces/ws1"))
                        .toList();
        return json(Listed.page(items));
    }

    private static ResponseDefinitionBuilder json(String body) {
        return aResponse()
                .withHeader("content-type", "application/json; charset=utf-8")
                .withBody(body);
    }

    private static List<String> ids(AssignmentListing listing) {
        return listing.assignments().stream().map(ListedAssignment::id).toList();
    }

    private static String id(int number) {
        return Listed.guid("0550e787", number);
    }
}
