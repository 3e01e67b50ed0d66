package io.stagedoor.proxy;

import static io.stagedoor.proxy.testing.tableau.SiteFixture.nameOf;
import static io.stagedoor.proxy.testing.tableau.SiteFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.tableau.FakeTableau;
import io.stagedoor.proxy.testing.tableau.SiteFixture;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Clients of Tableau sign in at the proxy with their own tokens, and work at the site as themselves. */
class TableauSessionIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static SiteFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = SiteFixture.start();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void clientSignsInByXmlAndReadsTheSiteAsItself() throws Exception {
        HttpResponse<String> signedIn = fixture.signInByXml(fixture.token(user(0)));

        Document answer =
                DocumentBuilderFactory.newDefaultNSInstance()
                        .newDocumentBuilder()
                        .parse(
                                new ByteArrayInputStream(
                                        signedIn.body().getBytes(StandardCharsets.UTF_8)));
        Element credentials = (Element) answer.getDocumentElement().getFirstChild();
        Element site = (Element) credentials.getElementsByTagNameNS("*", "site").item(0);
        Element user = (Element) credentials.getElementsByTagNameNS("*", "user").item(0);
        assertThat(signedIn.statusCode()).isEqualTo(200);
        assertThat(site.getAttribute("id")).isEqualTo(FakeTableau.SITE_ID);
        assertThat(site.getAttribute("contentUrl")).isEqualTo("demo");
        assertThat(user.getAttribute("id")).isEqualTo(fixture.tableau().addUser(nameOf(user(0))));
        HttpResponse<String> workbooks = fixture.workbooks(credentials.getAttribute("token"));
        assertThat(workbooks.statusCode()).isEqualTo(200);
        assertThat(userIn(workbooks)).isEqualTo(nameOf(user(0)));
    }

    @Test
    void clientSignsInByJsonWithTheTokenAsTheSecretOfAnAccessToken() throws Exception {
        String body =
                """
                {"credentials":{"personalAccessTokenName":"oidc",
                 "personalAccessTokenSecret":"%s","site":{"contentUrl":""}}}
                """
                        .replace("%s", fixture.token(user(1)));

        HttpResponse<String> signedIn =
                fixture.send(
                        fixture.request("POST", "/auth/signin", body)
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/json"));

        JsonNode credentials = JSON.readTree(signedIn.body()).path("credentials");
        assertThat(credentials.at("/site/id").asText()).isEqualTo(FakeTableau.SITE_ID);
        assertThat(credentials.path("estimatedTimeToExpiration").asText()).matches("7:59:[0-9]{2}");
        assertThat(userIn(fixture.workbooks(credentials.path("token").asText())))
                .isEqualTo(nameOf(user(1)));
    }

    @Test
    void tokenInTheAuthorizationFieldIsEnough() throws Exception {
        HttpResponse<String> workbooks =
                fixture.send(
                        fixture.request("GET", "/sites/" + FakeTableau.SITE_ID + "/workbooks")
                                .header("Authorization", "Bearer " + fixture.token(user(2))));

        assertThat(userIn(workbooks)).isEqualTo(nameOf(user(2)));
    }

    @Test
    void hundredCallersAtOnceAreSignedInOnceEachAndNobodyGetsAnothersAnswer() throws Exception {
        List<Callable<String>> tasks = new ArrayList<>();
        for (int i = 10; i < 110; i++) {
            String session = session(i);
            String name = nameOf(user(i));
            for (int repeat = 0; repeat < 5; repeat++) {
                tasks.add(
                        () ->
                                userIn(fixture.workbooks(session)).equals(name)
                                        ? "its own"
                                        : "another's");
            }
        }

        assertThat(inParallel(tasks)).hasSize(500).containsOnly("its own");
        for (int i = 10; i < 110; i++) {
            assertThat(fixture.tableau().signIns(nameOf(user(i)))).isEqualTo(1);
        }
    }

    @Test
    void nobodysSessionIsGoodForAnybodyElse() throws Exception {
        String session = session(3);

        HttpResponse<String> unknown = fixture.workbooks("x".repeat(43));
        HttpResponse<String> besideAnothersToken =
                fixture.send(
                        fixture.request("GET", "/sites/" + FakeTableau.SITE_ID + "/workbooks")
                                .header("X-Tableau-Auth", session)
                                .header("Authorization", "Bearer " + fixture.token(user(4))));
        HttpResponse<String> besideItsOwnToken =
                fixture.send(
                        fixture.request("GET", "/sites/" + FakeTableau.SITE_ID + "/workbooks")
                                .header("X-Tableau-Auth", session)
                                .header("Authorization", "Bearer " + fixture.token(user(3))));

        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(besideAnothersToken.statusCode()).isEqualTo(401);
        assertThat(userIn(besideItsOwnToken)).isEqualTo(nameOf(user(3)));
    }

    @Test
    void sessionEndsWithTheSignOut() throws Exception {
        String session = session(5);

        HttpResponse<String> signedOut =
                fixture.send(
                        fixture.request("POST", "/auth/signout").header("X-Tableau-Auth", session));

        assertThat(signedOut.statusCode()).isEqualTo(204);
        assertThat(fixture.workbooks(session).statusCode()).isEqualTo(401);
    }

    @Test
    void clientLearnsWhichSessionItHas() throws Exception {
        HttpResponse<String> current =
                fixture.send(
                        fixture.request("GET", "/sessions/current")
                                .header("X-Tableau-Auth", session(6))
                                .header("Accept", "application/json"));

        JsonNode session = JSON.readTree(current.body()).path("session");
        assertThat(session.at("/site/id").asText()).isEqualTo(FakeTableau.SITE_ID);
        assertThat(session.at("/user/id").asText())
                .isEqualTo(fixture.tableau().addUser(nameOf(user(6))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<credentials name=\"ann\" password=\"secret\"><site contentUrl=\"demo\"/></credentials>",
                "<credentials personalAccessTokenName=\"mine\" personalAccessTokenSecret=\"s\"/>",
                "<credentials jwt=\"@\"><site contentUrl=\"demo\"/><user id=\"u\"/></credentials>",
                "<credentials jwt=\"@\"><site contentUrl=\"other\"/></credentials>",
                "<credentials jwt=\"not-a-token\"><site contentUrl=\"demo\"/></credentials>",
                "<credentials jwt=\"\"><site contentUrl=\"demo\"/></credentials>"
            })
    void refusesAllOtherWaysToSignIn(String credentials) throws Exception {
        int before = fixture.tableau().signIns();
        String body =
                "<tsRequest>" + credentials.replace("@", fixture.token(user(7))) + "</tsRequest>";

        HttpResponse<String> refused = fixture.send(fixture.request("POST", "/auth/signin", body));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(fixture.tableau().signIns()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a document", "<tsRequest/>"})
    void refusesASignInThatIsNone(String body) throws Exception {
        HttpResponse<String> refused = fixture.send(fixture.request("POST", "/auth/signin", body));

        assertThat(refused.statusCode()).isEqualTo(400);
    }

    @Test
    void tellsWhoSignsInThatTableauDoesNotKnowThem() throws Exception {
        HttpResponse<String> refused = fixture.signInByXml(fixture.token(DemoCast.ANALYST));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("analyst@demo.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /sites/11111111-2222-4333-8444-555555555555/workbooks",
                "POST /auth/switchSite",
                "GET /sites/../sites/x/workbooks"
            })
    void nothingLeadsToAnotherSite(String line) throws Exception {
        String session = session(8);
        int before = fixture.tableau().calls().size();

        HttpResponse<String> refused =
                fixture.send(
                        fixture.request(line.split(" ", 2)[0], line.split(" ", 2)[1])
                                .header("X-Tableau-Auth", session));

        assertThat(refused.statusCode()).isIn(400, 403, 404);
        assertThat(fixture.tableau().calls()).hasSize(before);
    }

    @Test
    void clientsSessionFieldNeverGoesUpstream() throws Exception {
        String session = session(9);
        fixture.workbooks(session);
        HttpResponse<String> atTheWorkspace =
                fixture.proxy()
                        .send(
                                fixture.proxy()
                                        .request(
                                                fixture.token(DemoCast.ENGINEER),
                                                "GET",
                                                "/pipelines/nightly",
                                                Optional.empty(),
                                                "X-Tableau-Auth",
                                                session));

        assertThat(fixture.tableau().calls())
                .noneMatch(seen -> seen.field("X-Tableau-Auth").orElse("").equals(session));
        assertThat(atTheWorkspace.statusCode()).isEqualTo(200);
        assertThat(fixture.proxy().workspace().requests().getLast().field("X-Tableau-Auth"))
                .isEmpty();
    }

    @Test
    void anotherSessionIsOpenedWhenTableauEndsThem() throws Exception {
        String session = session(110);
        assertThat(fixture.workbooks(session).statusCode()).isEqualTo(200);
        fixture.tableau().endSessions();

        HttpResponse<String> first = fixture.workbooks(session);
        HttpResponse<String> second = fixture.workbooks(session);

        assertThat(userIn(first)).isEqualTo(nameOf(user(110)));
        assertThat(userIn(second)).isEqualTo(nameOf(user(110)));
    }

    @Test
    void saysWhichKindOfCredentialAnOperationWithoutAScopeNeeds() throws Exception {
        HttpResponse<String> refused =
                fixture.send(
                        fixture.request(
                                        "GET",
                                        "/sites/" + FakeTableau.SITE_ID + "/lenses/l1/permissions")
                                .header("X-Tableau-Auth", session(111)));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("credential_unfit", "personal access token");
    }

    private static String session(int number) throws Exception {
        HttpResponse<String> signedIn = fixture.signInByXml(fixture.token(user(number)));
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
        return signedIn.body().replaceFirst("(?s).* token=\"([^\"]+)\".*", "$1");
    }

    private static String userIn(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).at("/user/name").asText();
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(100, Thread.ofVirtual().factory())) {
            for (Future<T> each : threads.invokeAll(tasks)) {
                results.add(each.get());
            }
        }
        return results;
    }
}
