package io.stagedoor.proxy.directory.graph;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.stagedoor.proxy.directory.testing.RemoteService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.directory.groups.GroupFinding;
import io.stagedoor.proxy.directory.remote.HostPatience;
import io.stagedoor.proxy.directory.remote.NoAnswerException;
import io.stagedoor.proxy.directory.remote.NoAnswerException.Reason;
import io.stagedoor.proxy.directory.remote.RemoteReader;
import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.FixedAuthorization;
import io.stagedoor.proxy.directory.testing.RemoteService;
import io.stagedoor.proxy.directory.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphGroupsTest {

    @RegisterExtension static final FakeWorkspace GRAPH = new FakeWorkspace();
    @RegisterExtension static final FakeWorkspace ELSEWHERE = new FakeWorkspace();

    private static final String TENANT = "0b1f7e3c-0000-4000-8000-0000000000aa";
    private static final String ALICE = "0b1f7e3c-0000-4000-8000-000000000001";
    private static final String LIST = "/v1.0/users/" + ALICE + "/transitiveMemberOf";

    private final TestClock clock = new TestClock();
    private final FixedAuthorization authorization = new FixedAuthorization("Bearer graph");
    private HostPatience patience;
    private RemoteReader reader;
    private GraphGroups graph;

    @BeforeEach
    void open() {
        patience = new HostPatience(clock);
        reader = RemoteService.reader(GRAPH.uri(), authorization, patience, clock);
        graph = new GraphGroups(reader, clock);
    }

    @AfterEach
    void close() {
        graph.close();
    }

    @Test
    void collectsGroupsOfAllPagesAndNothingElse() throws Exception {
        serve(LIST, page(next("2"), group(1), role(2), unit(3)));
        serve(LIST + "/2", page("", group(4), limited(5)));

        assertThat(alice()).containsExactlyInAnyOrder(id(1), id(4), id(5));
        GRAPH.server()
                .verify(
                        getRequestedFor(urlPathEqualTo(LIST))
                                .withQueryParam("$top", equalTo("999"))
                                .withHeader("Authorization", equalTo("Bearer graph")));
    }

    @Test
    void takesAnEmptyListForNoGroups() throws Exception {
        serve(LIST, page(""));

        assertThat(alice()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"USER, users", "SERVICE_PRINCIPAL, servicePrincipals"})
    void asksByTheKindOfThePrincipal(PrincipalKind kind, String collection) throws Exception {
        serve("/v1.0/" + collection + "/" + ALICE + "/transitiveMemberOf", page("", group(1)));

        assertThat(graph.groupsOf(PrincipalId.of(TENANT, ALICE), kind)).containsExactly(id(1));
        GRAPH.server().verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void asksForAServicePrincipalWhenThereIsNoSuchUserAndTheTokenDoesNotTell() throws Exception {
        serve(LIST, notFound());
        serve("/v1.0/servicePrincipals/" + ALICE + "/transitiveMemberOf", page("", group(1)));

        Set<PrincipalId> groups =
                graph.groupsOf(PrincipalId.of(TENANT, ALICE), PrincipalKind.UNKNOWN);

        assertThat(groups).containsExactly(id(1));
    }

    @Test
    void doesNotAskForAServicePrincipalWhenAskingForAUserFailed() {
        serve(LIST, aResponse().withStatus(403));

        assertThatThrownBy(
                        () -> graph.groupsOf(PrincipalId.of(TENANT, ALICE), PrincipalKind.UNKNOWN))
                .isInstanceOf(NoAnswerException.class);
        GRAPH.server().verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void saysThatNobodyIsThere() {
        serve(LIST, notFound());

        assertFails(Reason.NOT_FOUND);
    }

    static Stream<Arguments> unusable() {
        return Stream.concat(failing(), malformed());
    }

    private static Stream<Arguments> failing() {
        return Stream.of(
                Arguments.of(Reason.UNREACHABLE, aResponse().withStatus(500)),
                Arguments.of(Reason.UNREACHABLE, aResponse().withStatus(504)),
                Arguments.of(Reason.UNREACHABLE, aResponse().withFault(Fault.EMPTY_RESPONSE)),
                Arguments.of(
                        Reason.UNREACHABLE, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                Arguments.of(Reason.UNREACHABLE, json("{\"value\":[]}").withFixedDelay(4_000)),
                Arguments.of(
                        Reason.UNREACHABLE,
                        json("{\"value\":[]}").withChunkedDribbleDelay(10, 60_000)),
                Arguments.of(Reason.UNREACHABLE, json(" ".repeat(2 << 20) + "{\"value\":[]}")),
                Arguments.of(Reason.BUSY, aResponse().withStatus(429)),
                Arguments.of(Reason.BUSY, aResponse().withStatus(503)),
                Arguments.of(Reason.FORBIDDEN, aResponse().withStatus(403)),
                Arguments.of(Reason.UNAUTHORIZED, aResponse().withStatus(401)),
                Arguments.of(
                        Reason.UNUSABLE,
                        aResponse().withStatus(302).withHeader("Location", "/elsewhere")),
                Arguments.of(Reason.UNUSABLE, aResponse().withStatus(204)));
    }

    private static Stream<Arguments> malformed() {
        Stream<ResponseDefinitionBuilder> answers =
                Stream.of(
                        aResponse()
                                .withHeader("Content-Type", "text/html")
                                .withBody("<html>sign in</html>"),
                        aResponse().withBody("{\"value\":[]}"),
                        json("{\"value\":[]}").withHeader("Content-Encoding", "br"),
                        json(""),
                        json("[]"),
                        json("{\"value\":[],\"value\":[]}"),
                        json("{\"value\":[]} {}"),
                        json("{\"value\":[]"),
                        json("{\"value\":null}"),
                        json("{\"value\":[{\"id\":\"" + ALICE + "\"}]}"),
                        json("{\"value\":[{\"@odata.type\":\"#microsoft.graph.group\"}]}"),
                        json("{\"value\":[],\"@odata.nextLink\":7}"));
        return answers.map(answer -> Arguments.of(Reason.UNUSABLE, answer));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void takesNothingElseForAnAnswer(Reason reason, ResponseDefinitionBuilder answer) {
        serve(LIST, answer);

        assertFails(reason);
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void losesNoGroupsSilentlyWhenAFurtherPageFails(
            Reason reason, ResponseDefinitionBuilder answer) {
        serve(LIST, page(next("2"), group(1)));
        serve(LIST + "/2", answer);

        assertFails(reason);
    }

    @Test
    void doesNotTakeAPageThatIsGoneForAPrincipalThatIsNot() {
        serve(LIST, page(next("2"), group(1)));
        serve(LIST + "/2", notFound());

        assertFails(Reason.UNUSABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1/x",
                "https://graph.example/x",
                "//localhost/x",
                "x",
                "%",
                "https://localhost@elsewhere.example/x"
            })
    void followsNoLinkToAnotherHost(String link) {
        serve(LIST, page(link, group(1)));

        assertFails(Reason.UNUSABLE);
        GRAPH.server().verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void sendsNoCredentialToAnotherPortOfTheSameName() {
        serve(LIST, page(ELSEWHERE.uri() + LIST, group(1)));

        assertFails(Reason.UNUSABLE);
        ELSEWHERE.server().verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void endsAListThatLeadsBackToItself() {
        serve(LIST, page(next("2"), group(1)));
        serve(LIST + "/2", page(next("2"), group(2)));

        assertFails(Reason.UNUSABLE);
        GRAPH.server().verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void asksNothingOfTheHostUntilItsTimeIsOver() throws Exception {
        serve(LIST, aResponse().withStatus(429).withHeader("Retry-After", "30"));
        assertFails(Reason.BUSY);
        serve(LIST, page("", group(1)));

        clock.advance(Duration.ofSeconds(29));
        assertFails(Reason.BUSY);
        try (GraphGroups other =
                new GraphGroups(
                        RemoteService.reader(GRAPH.uri(), authorization, patience, clock), clock)) {
            assertThatThrownBy(() -> other.groupsOf(id(9), PrincipalKind.USER))
                    .isInstanceOf(NoAnswerException.class);
        }
        GRAPH.server().verify(1, anyRequestedFor(anyUrl()));
        clock.advance(Duration.ofSeconds(2));

        assertThat(alice()).containsExactly(id(1));
    }

    @Test
    void leavesAHostAloneThatFailsThreeTimes() {
        serve(LIST, aResponse().withStatus(500));
        for (int i = 0; i < 3; i++) {
            assertFails(Reason.UNREACHABLE);
        }

        assertFails(Reason.BUSY);
        GRAPH.server().verify(3, anyRequestedFor(anyUrl()));
    }

    @Test
    void asksForNobodyWithoutAnObjectId() {
        assertThatThrownBy(
                        () ->
                                graph.groupsOf(
                                        PrincipalId.of(TENANT, "alice@demo.example"),
                                        PrincipalKind.USER))
                .isInstanceOf(NoAnswerException.class);
        GRAPH.server().verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void findsAllPermissions() {
        serveExamination("users", json("{\"value\":[]}"));
        serveExamination("groups", json("{\"value\":[]}"));
        serveExamination("servicePrincipals", json("{\"value\":[]}"));

        assertThat(graph.examine()).hasSize(3).allMatch(GroupFinding::good);
    }

    @Test
    void namesEachMissingPermission() {
        ResponseDefinitionBuilder denied =
                json("{\"error\":{\"code\":\"Authorization_RequestDenied\"}}").withStatus(403);
        serveExamination("users", denied);
        serveExamination("groups", denied);
        serveExamination("servicePrincipals", json("{\"value\":[]}"));

        List<GroupFinding> findings = graph.examine();

        assertThat(findings).extracting(GroupFinding::good).containsExactly(false, false, true);
        assertThat(findings.get(0).detail())
                .contains("Authorization_RequestDenied", "User.Read.All (application) is missing");
        assertThat(findings.get(1).detail())
                .contains("GroupMember.Read.All (application) is missing");
    }

    @Test
    void tellsABadCredentialFromAMissingPermission() {
        serveExamination("users", aResponse().withStatus(401));

        assertThat(graph.examine().getFirst().detail()).contains("401", "credential");
    }

    private Set<PrincipalId> alice() throws NoAnswerException {
        return graph.groupsOf(PrincipalId.of(TENANT, ALICE), PrincipalKind.USER);
    }

    private void assertFails(Reason reason) {
        assertThatThrownBy(this::alice)
                .isInstanceOfSatisfying(
                        NoAnswerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private static void serve(String path, ResponseDefinitionBuilder answer) {
        GRAPH.server().stubFor(get(urlPathEqualTo(path)).willReturn(answer));
    }

    private static void serveExamination(String collection, ResponseDefinitionBuilder answer) {
        GRAPH.server()
                .stubFor(
                        get(urlEqualTo("/v1.0/" + collection + "?$select=id&$top=1"))
                                .willReturn(answer));
    }

    private static ResponseDefinitionBuilder notFound() {
        return json("{\"error\":{\"code\":\"Request_ResourceNotFound\"}}").withStatus(404);
    }

    private static String next(String page) {
        return GRAPH.uri() + LIST + "/" + page + "?$skiptoken=x";
    }

    private static ResponseDefinitionBuilder page(String next, String... entries) {
        String link = next.isEmpty() ? "" : ",\"@odata.nextLink\":\"" + next + "\"";
        return json("{\"value\":[" + String.join(",", entries) + "]" + link + "}");
    }

    private static String group(int number) {
        return entry("group", number, "\"displayName\":\"team\"");
    }

    private static String limited(int number) {
        return entry("group", number, "\"displayName\":null,\"securityEnabled\":null");
    }

    private static String role(int number) {
        return entry("directoryRole", number, "\"displayName\":\"Global Reader\"");
    }

    private static String unit(int number) {
        return entry("administrativeUnit", number, "\"displayName\":null");
    }

    private static String entry(String type, int number, String rest) {
        return "{\"@odata.type\":\"#microsoft.graph."
                + type
                + "\",\"id\":\""
                + id(number).objectId()
                + "\","
                + rest
                + "}";
    }

    private static PrincipalId id(int number) {
        return PrincipalId.of(TENANT, "0b1f7e3c-0000-4000-8000-0000000001" + (10 + number));
    }
}
