package io.stagedoor.proxy;

import static io.stagedoor.proxy.testing.tableau.SiteFixture.nameOf;
import static io.stagedoor.proxy.testing.tableau.SiteFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.testing.tableau.SiteFixture;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients of Tableau ask what the server is before they sign in, as they do without the proxy. */
class ServerInfoIT {

    private static final String XML =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><tsResponse xmlns=\"http://tableau.com/api\">"
                    + "<serverInfo><productVersion build=\"20261.26.0301.1200\">2026.1.0"
                    + "</productVersion><restApiVersion>3.27</restApiVersion></serverInfo>"
                    + "</tsResponse>";

    private static SiteFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = SiteFixture.start();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void clientAsksThenSignsInThenWorksThenSignsOut() throws Exception {
        HttpResponse<String> info = fixture.send(serverInfo());
        HttpResponse<String> signedIn = fixture.signInByXml(fixture.token(user(0)));
        String session = signedIn.body().replaceFirst("(?s).* token=\"([^\"]+)\".*", "$1");
        HttpResponse<String> workbooks = fixture.workbooks(session);
        HttpResponse<String> signedOut =
                fixture.send(
                        fixture.request("POST", "/auth/signout").header("X-Tableau-Auth", session));

        assertThat(info.statusCode()).isEqualTo(200);
        assertThat(info.headers().firstValue("content-type").orElseThrow())
                .startsWith("application/xml");
        assertThat(info.body()).isEqualTo(XML);
        assertThat(signedIn.statusCode()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(workbooks.body()).at("/user/name").asText())
                .isEqualTo(nameOf(user(0)));
        assertThat(signedOut.statusCode()).isEqualTo(204);
    }

    @Test
    void answersInJsonToWhoTakesJson() throws Exception {
        HttpResponse<String> info = fixture.send(serverInfo().header("Accept", "application/json"));

        assertThat(info.body())
                .isEqualTo(
                        "{\"serverInfo\":{\"productVersion\":{\"value\":\"2026.1.0\","
                                + "\"build\":\"20261.26.0301.1200\"},\"restApiVersion\":\"3.27\"}}");
    }

    @Test
    void hundredWhoAskAtOnceAreOneQuestionWithoutAnyCredential() throws Exception {
        try (SiteFixture own = SiteFixture.start()) {
            assertThat(statuses(own, 100)).hasSize(100).containsOnly(200);

            assertThat(own.tableau().infoCalls())
                    .singleElement()
                    .satisfies(
                            seen -> {
                                assertThat(seen.path()).isEqualTo("/api/3.22/serverinfo");
                                assertThat(seen.field("Authorization")).isEmpty();
                                assertThat(seen.field("X-Tableau-Auth")).isEmpty();
                            });
            assertThat(own.tableau().signIns()).isZero();
        }
    }

    @Test
    void saysInTableausFormThatTheServerDoesNotSay() throws Exception {
        try (SiteFixture own = SiteFixture.start()) {
            own.tableau().breakDown(Optional.of(Answer.empty(500)));

            HttpResponse<String> refused = own.send(serverInfo(own));

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            assertThat(refused.body()).startsWith("<?xml").contains("<tsResponse", "\"503000\"");
        }
    }

    @Test
    void whoShowsASessionTakesTheOrdinaryWay() throws Exception {
        HttpResponse<String> signedIn = fixture.signInByXml(fixture.token(user(1)));
        String session = signedIn.body().replaceFirst("(?s).* token=\"([^\"]+)\".*", "$1");

        HttpResponse<String> forwarded =
                fixture.send(serverInfo().header("X-Tableau-Auth", session));
        HttpResponse<String> unknown =
                fixture.send(serverInfo().header("X-Tableau-Auth", "x".repeat(43)));

        assertThat(forwarded.statusCode()).isEqualTo(200);
        assertThat(fixture.tableau().infoCalls())
                .extracting(SeenRequest::path)
                .contains("/api/2.4/serverInfo");
        assertThat(unknown.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/2.4, /serverInfo, ''",
        "GET, /api/2.4, /serverInfo, a-body",
        "GET, /api/2.4, /serverInfo/more, ''",
        "GET, /api/x, /serverInfo, ''",
        "GET, /api/2.4, /sites, ''"
    })
    void nothingElseIsAnsweredToAnybody(String method, String version, String path, String body)
            throws Exception {
        int before = fixture.tableau().infoCalls().size();

        HttpResponse<String> refused =
                fixture.send(fixture.requestBelow(version, method, path, body));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(fixture.tableau().infoCalls()).hasSize(before);
    }

    @Test
    void exchangeIsCountedAsOpen() throws Exception {
        fixture.send(serverInfo());

        assertThat(fixture.proxy().admin("/metrics").body())
                .contains("stagedoor_exchange_seconds_count{decision=\"open\"");
    }

    private static HttpRequest.Builder serverInfo() {
        return serverInfo(fixture);
    }

    private static HttpRequest.Builder serverInfo(SiteFixture site) {
        return site.requestBelow("/api/2.4", "GET", "/serverInfo", "");
    }

    private static List<Integer> statuses(SiteFixture site, int count) throws Exception {
        Callable<Integer> task = () -> site.send(serverInfo(site)).statusCode();
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> each : threads.invokeAll(Collections.nCopies(count, task))) {
                statuses.add(each.get());
            }
        }
        return statuses;
    }
}
