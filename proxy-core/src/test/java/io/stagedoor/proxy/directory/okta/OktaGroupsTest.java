package io.stagedoor.proxy.directory.okta;

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
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.directory.groups.GroupFinding;
import io.stagedoor.proxy.directory.groups.GroupNames;
import io.stagedoor.proxy.directory.remote.HostPatience;
import io.stagedoor.proxy.directory.remote.NoAnswerException;
import io.stagedoor.proxy.directory.remote.NoAnswerException.Reason;
import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.FixedAuthorization;
import io.stagedoor.proxy.directory.testing.RemoteService;
import io.stagedoor.proxy.directory.testing.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OktaGroupsTest {

    @RegisterExtension static final FakeWorkspace OKTA = new FakeWorkspace();

    private static final PrincipalId ALICE = PrincipalId.of("okta", "00u1alice");
    private static final PrincipalId MAPPED =
            PrincipalId.of(
                    "0b1f7e3c-0000-4000-8000-0000000000aa", "0b1f7e3c-0000-4000-8000-000000000005");
    private static final String LIST = "/api/v1/users/00u1alice/groups";

    private final TestClock clock = new TestClock();
    private OktaGroups okta;

    @BeforeEach
    void open() {
        okta =
                new OktaGroups(
                        RemoteService.reader(
                                OKTA.uri(),
                                new FixedAuthorization("SSWS secret"),
                                new HostPatience(clock),
                                clock),
                        new GroupNames("okta", Map.of("Data Engineers", Set.of(MAPPED))));
    }

    @AfterEach
    void close() {
        okta.close();
    }

    @Test
    void collectsGroupsOfAllPagesByIdAndNameAndWhatTheyCountAs() throws Exception {
        serve(
                LIST,
                json("[" + group("00g1", "everyone") + "]")
                        .withHeader("Link", "<" + OKTA.uri() + LIST + ">; rel=\"self\"")
                        .withHeader("Link", "<" + OKTA.uri() + LIST + "/2?after=x>; rel=\"next\""));
        serve(LIST + "/2", json("[" + group("00g2", "Data Engineers") + "]"));

        assertThat(alice())
                .containsExactlyInAnyOrder(
                        PrincipalId.of("okta", "00g1"),
                        PrincipalId.of("okta", "everyone"),
                        PrincipalId.of("okta", "00g2"),
                        MAPPED);
        OKTA.server()
                .verify(
                        getRequestedFor(urlEqualTo(LIST + "?limit=200"))
                                .withHeader("Authorization", equalTo("SSWS secret")));
    }

    @Test
    void findsTheNextLinkAmongSeveralInOneField() throws Exception {
        serve(
                LIST,
                json("[]")
                        .withHeader(
                                "Link",
                                "<"
                                        + OKTA.uri()
                                        + LIST
                                        + ">; rel=\"self\", <"
                                        + OKTA.uri()
                                        + LIST
                                        + "/2>; rel=\"next\""));
        serve(LIST + "/2", json("[" + group("00g2", "x") + "]"));

        assertThat(alice()).hasSize(2);
    }

    @Test
    void takesANameOfTheFormOfAnIdForNoId() throws Exception {
        serve(LIST, json("[" + group("00g1", "0b1f7e3c-0000-4000-8000-000000000005") + "]"));

        assertThat(alice()).containsExactly(PrincipalId.of("okta", "00g1"));
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of(Reason.UNREACHABLE, aResponse().withStatus(500)),
                Arguments.of(Reason.UNREACHABLE, json("[]").withFixedDelay(4_000)),
                Arguments.of(Reason.FORBIDDEN, aResponse().withStatus(403)),
                Arguments.of(Reason.UNAUTHORIZED, aResponse().withStatus(401)),
                Arguments.of(Reason.BUSY, aResponse().withStatus(429)),
                Arguments.of(
                        Reason.UNUSABLE,
                        aResponse().withHeader("Content-Type", "text/html").withBody("<html>")),
                Arguments.of(Reason.UNUSABLE, json("{}")),
                Arguments.of(Reason.UNUSABLE, json("[{\"id\":\"00g1\"}]")),
                Arguments.of(Reason.UNUSABLE, json("[{\"id\":\"00g1\",\"id\":\"00g2\"}]")),
                Arguments.of(
                        Reason.UNUSABLE,
                        json("[]").withHeader("Link", "<https://evil.example/x>; rel=\"next\"")));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void losesNoGroupsSilentlyWhenAFurtherPageFails(
            Reason reason, ResponseDefinitionBuilder answer) {
        serve(
                LIST,
                json("[" + group("00g1", "x") + "]")
                        .withHeader("Link", "<" + OKTA.uri() + LIST + "/2>; rel=next"));
        serve(LIST + "/2", answer);

        assertThatThrownBy(this::alice)
                .isInstanceOfSatisfying(
                        NoAnswerException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    @Test
    void asksNothingBeforeTheTimeThatOktaNames() throws Exception {
        long reset = TestClock.START.plusSeconds(40).getEpochSecond();
        serve(
                LIST,
                aResponse().withStatus(429).withHeader("X-Rate-Limit-Reset", Long.toString(reset)));
        assertThatThrownBy(this::alice).isInstanceOf(NoAnswerException.class);
        serve(LIST, json("[" + group("00g1", "x y") + "]"));

        clock.advance(Duration.ofSeconds(39));
        assertThatThrownBy(this::alice).isInstanceOf(NoAnswerException.class);
        OKTA.server().verify(1, anyRequestedFor(anyUrl()));
        clock.advance(Duration.ofSeconds(2));

        assertThat(alice()).containsExactly(PrincipalId.of("okta", "00g1"));
    }

    @Test
    void saysWhatTheTokenLacks() {
        serve("/api/v1/users", json("{\"errorCode\":\"E0000006\"}").withStatus(403));

        GroupFinding finding = okta.examine().getFirst();

        assertThat(finding.good()).isFalse();
        assertThat(finding.detail()).contains("E0000006", "okta.groups.read");
    }

    private Set<PrincipalId> alice() throws NoAnswerException {
        return okta.groupsOf(ALICE, PrincipalKind.USER);
    }

    private static void serve(String path, ResponseDefinitionBuilder answer) {
        OKTA.server().stubFor(get(urlPathEqualTo(path)).willReturn(answer));
    }

    private static String group(String id, String name) {
        return "{\"id\":\"" + id + "\",\"profile\":{\"name\":\"" + name + "\"}}";
    }
}
