package io.stagedoor.proxy.refresh.site;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.stagedoor.proxy.refresh.testing.TestSite.json;
import static io.stagedoor.proxy.refresh.testing.TestSite.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.refresh.testing.TestSite;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTableauCallsTest {

    @RegisterExtension static final FakeWorkspace SERVER = new FakeWorkspace();

    @Test
    void callsAsTheProxyItself() throws Exception {
        SERVER.server().stubFor(any(anyUrl()).willReturn(json("{\"job\":{\"id\":\"j\"}}")));

        try (HttpTableauCalls calls = TestSite.calls(SERVER, TestSite.session())) {
            assertThat(calls.get("jobs/j").at("/job/id").asText()).isEqualTo("j");
            var _ = calls.put("x/y", "{\"a\":1}");
            calls.delete("x/z");
        }

        SERVER.server()
                .verify(
                        getRequestedFor(urlEqualTo(path("jobs/j")))
                                .withHeader("X-Tableau-Auth", equalTo("session-1"))
                                .withHeader("Accept", equalTo("application/json")));
        SERVER.server()
                .verify(
                        putRequestedFor(urlEqualTo(path("x/y")))
                                .withHeader("Content-Type", equalTo("application/json"))
                                .withRequestBody(equalToJson("{\"a\":1}")));
        SERVER.server().verify(deleteRequestedFor(urlEqualTo(path("x/z"))));
    }

    @Test
    void aRefusedSessionIsReplacedOnce() throws Exception {
        SERVER.server()
                .stubFor(
                        get(anyUrl())
                                .withHeader("X-Tableau-Auth", equalTo("old"))
                                .willReturn(aResponse().withStatus(401)));
        SERVER.server()
                .stubFor(
                        get(anyUrl())
                                .withHeader("X-Tableau-Auth", equalTo("new"))
                                .willReturn(json("{}")));

        try (HttpTableauCalls calls = TestSite.calls(SERVER, new Renewing())) {
            assertThat(calls.get("jobs/j").isObject()).isTrue();
        }

        SERVER.server().verify(2, getRequestedFor(anyUrl()));
    }

    @Test
    void theSiteIsAskedForOnceWhereTheSessionDoesNotTell() throws Exception {
        SERVER.server()
                .stubFor(
                        get(urlEqualTo("/api/3.24/sessions/current"))
                                .willReturn(
                                        json(
                                                "{\"session\":{\"site\":{\"id\":\""
                                                        + TestSite.SITE
                                                        + "\"}}}")));
        SERVER.server().stubFor(get(urlEqualTo(path("jobs/j"))).willReturn(json("{}")));
        SiteSessions silent =
                new SiteSessions() {
                    @Override
                    public SiteSession session() {
                        return new SiteSession("Authorization", "Bearer x", Optional.empty());
                    }

                    @Override
                    public boolean refused(SiteSession session) {
                        return false;
                    }
                };

        try (HttpTableauCalls calls = TestSite.calls(SERVER, silent)) {
            var _ = calls.get("jobs/j");
            var _ = calls.get("jobs/j");
        }

        SERVER.server().verify(1, getRequestedFor(urlEqualTo("/api/3.24/sessions/current")));
        SERVER.server()
                .verify(
                        2,
                        getRequestedFor(urlEqualTo(path("jobs/j")))
                                .withHeader("Authorization", equalTo("Bearer x")));
    }

    @Test
    void aSessionThatCannotBeReplacedIsTriedOnce() {
        SERVER.server().stubFor(get(anyUrl()).willReturn(aResponse().withStatus(401)));

        assertThatThrownBy(() -> read(TestSite.session()))
                .isInstanceOfSatisfying(
                        TableauCallException.class,
                        failure -> assertThat(failure.status()).isEqualTo(401));
        SERVER.server().verify(1, getRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"a\":2}     | application/json | not one well-formed document",
                "{} {}                 | application/json | not one well-formed document",
                "[]                    | application/json | not one well-formed document",
                "<tsResponse/>         | application/xml  | is not JSON",
            })
    void whatIsNotOneJsonObjectIsNoAnswer(String body, String type, String why) {
        SERVER.server()
                .stubFor(
                        get(anyUrl())
                                .willReturn(
                                        aResponse()
                                                .withHeader("Content-Type", type)
                                                .withBody(body)));

        assertThatThrownBy(() -> read(TestSite.session())).hasMessageContaining(why);
    }

    @Test
    void anAnswerThatIsTooLongIsNoAnswer() {
        SERVER.server()
                .stubFor(get(anyUrl()).willReturn(json("{\"a\":\"" + "x".repeat(70_000) + "\"}")));

        assertThatThrownBy(() -> read(TestSite.session())).hasMessageContaining("IOException");
    }

    @Test
    void nobodyWaitsForEver() {
        SERVER.server().stubFor(get(anyUrl()).willReturn(json("{}").withFixedDelay(60_000)));

        assertThatThrownBy(
                        () -> {
                            try (HttpTableauCalls calls =
                                    TestSite.calls(
                                            SERVER, TestSite.session(), Duration.ofMillis(200))) {
                                calls.get("jobs/j");
                            }
                        })
                .isInstanceOf(TableauCallException.class);
    }

    @Test
    void tableausOwnCodeIsTold() {
        SERVER.server()
                .stubFor(
                        put(anyUrl())
                                .willReturn(
                                        json("{\"error\":{\"code\":\"403004\",\"detail\":\"secret\"}}")
                                                .withStatus(403)));

        assertThatThrownBy(
                        () -> {
                            try (HttpTableauCalls calls =
                                    TestSite.calls(SERVER, TestSite.session())) {
                                calls.put("x", "{}");
                            }
                        })
                .hasMessage("site `s1` answered status 403, code 403004");
    }

    @Test
    void noRedirectIsFollowed() {
        SERVER.server()
                .stubFor(
                        delete(anyUrl())
                                .willReturn(
                                        aResponse().withStatus(301).withHeader("Location", "/x")));

        assertThatThrownBy(
                        () -> {
                            try (HttpTableauCalls calls =
                                    TestSite.calls(SERVER, TestSite.session())) {
                                calls.delete("y");
                            }
                        })
                .hasMessageContaining("status 301");
        SERVER.server().verify(1, deleteRequestedFor(anyUrl()));
    }

    @Test
    void withoutASessionNothingIsAsked() {
        SiteSessions none =
                new SiteSessions() {
                    @Override
                    public SiteSession session() throws RefusedException {
                        throw RefusedException.of(Code.CREDENTIAL_UNAVAILABLE, "no secret");
                    }

                    @Override
                    public boolean refused(SiteSession session) {
                        return true;
                    }
                };

        assertThatThrownBy(() -> read(none)).hasMessageContaining("no secret");
        SERVER.server().verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    void aSessionShowsNoToken() {
        assertThat(new SiteSession("f", "token", Optional.of("site")))
                .asString()
                .doesNotContain("token");
    }

    private static void read(SiteSessions sessions) throws TableauCallException {
        try (HttpTableauCalls calls = TestSite.calls(SERVER, sessions)) {
            var _ = calls.get("jobs/j");
        }
    }

    private static final class Renewing implements SiteSessions {

        private volatile String token = "old";

        @Override
        public SiteSession session() {
            return new SiteSession(SiteSession.FIELD, token, Optional.of(TestSite.SITE));
        }

        @Override
        public boolean refused(SiteSession session) {
            token = "new";
            return true;
        }
    }
}
