package io.stagedoor.proxy;

import static io.stagedoor.proxy.testing.tableau.SiteFixture.nameOf;
import static io.stagedoor.proxy.testing.tableau.SiteFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.tableau.FakeTableau;
import io.stagedoor.proxy.testing.tableau.SiteFixture;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Callers with rights at some items of a list see those in it, on the wire and in the audit trail. */
class ListFilterIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CastMember OF_THE_PROJECT = user(200);
    private static final CastMember OF_NOTHING = user(201);
    private static final String PROJECT = "1f2f3f4f-5a5b-4c5d-8e5f-6a6b6c6d6e6f";
    private static final String XML =
            "<?xml version='1.0' encoding='UTF-8'?><tsResponse xmlns=\"http://tableau.com/api\">"
                    + "<pagination totalAvailable=\"2\"/><workbooks><workbook id=\"w1\""
                    + " description=\"&#10;\"><project id=\"@\"/></workbook><workbook id=\"w2\">"
                    + "<project id=\"00000000-5a5b-4c5d-8e5f-6a6b6c6d6e6f\"/></workbook>"
                    + "</workbooks></tsResponse>";

    private static SiteFixture site;

    @BeforeAll
    static void start() throws Exception {
        site =
                SiteFixture.start(
                        yaml ->
                                yaml.replace(
                                        "    content_url:",
                                        "    lists: filtered\n    content_url:"),
                        "  - {principal: "
                                + OF_THE_PROJECT.id().objectId()
                                + ", role: Synapse Artifact User, scope: sites/demo-site/projects/"
                                + PROJECT
                                + "}\n");
        site.tableau().addUser(nameOf(OF_THE_PROJECT));
        site.tableau().addUser(nameOf(OF_NOTHING));
        site.tableau()
                .plan(
                        "GET",
                        ".*/workbooks",
                        (_, _) ->
                                new Answer(
                                        200,
                                        Map.of(
                                                "Content-Type",
                                                "application/xml;charset=utf-8",
                                                "ETag",
                                                "\"of-all\""),
                                        whole()));
        site.tableau()
                .plan(
                        "GET",
                        ".*/projects",
                        (_, _) ->
                                new Answer(
                                        200,
                                        Map.of("Content-Type", "text/html"),
                                        "<html>" + PROJECT + "</html>"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static String whole() {
        return XML.replace("@", PROJECT);
    }

    @Test
    void holderAtAProjectSeesTheWorkbooksInIt() throws Exception {
        HttpResponse<String> answer = get(OF_THE_PROJECT, "workbooks");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(whole().replaceFirst("<workbook id=\"w2\">.*?</workbook>", ""))
                .contains("w1");
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
        assertRecorded(site.proxy(), answer, 1);
    }

    @Test
    void holderAtTheSiteSeesAllOctetForOctet() throws Exception {
        HttpResponse<String> answer = get(user(1), "workbooks");

        assertThat(answer.body()).isEqualTo(whole());
        assertThat(answer.headers().firstValue("ETag")).contains("\"of-all\"");
        assertThat(completed(site.proxy(), answer).has("removed")).isFalse();
    }

    @Test
    void holderOfNothingIsRefusedAndTheSiteIsNotAsked() throws Exception {
        int before = site.tableau().calls().size();

        assertThat(get(OF_NOTHING, "workbooks").statusCode()).isEqualTo(403);
        assertThat(site.tableau().calls()).hasSize(before);
    }

    @Test
    void whatCannotBeReadIsWithheld() throws Exception {
        HttpResponse<String> answer = get(OF_THE_PROJECT, "projects");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("cannot be told which").doesNotContain(PROJECT);
        assertThat(get(user(1), "projects").body()).contains(PROJECT);
    }

    private static HttpResponse<String> get(CastMember caller, String list) throws Exception {
        return site.send(
                site.request("GET", "/sites/" + FakeTableau.SITE_ID + "/" + list)
                        .header("Authorization", "Bearer " + site.token(caller)));
    }

    @Test
    void holderAtALinkedServiceSeesThatOneInAFilteredWorkspace() throws Exception {
        try (ProxyFixture fixture =
                ProxyFixture.start(
                        text ->
                                text.replace(
                                        "    assignments:\n",
                                        "    lists: filtered\n    assignments:\n"),
                        ListFilterIT::furnish)) {
            HttpResponse<String> some = fixture.send(OF_THE_PROJECT, "GET", "/linkedservices");
            HttpResponse<String> all = fixture.send(DemoCast.ANALYST, "GET", "/linkedservices");

            assertThat(namesIn(some)).containsExactly("lake");
            assertThat(namesIn(all)).containsExactlyInAnyOrder("lake", "vault", "sea");
            assertRecorded(fixture, some, 2);
            assertThat(fixture.send(OF_NOTHING, "GET", "/linkedservices").statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void unlessSetListsAreWhole() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start(text -> text, ListFilterIT::furnish)) {
            HttpResponse<String> answer = fixture.send(OF_THE_PROJECT, "GET", "/linkedservices");

            assertThat(namesIn(answer)).hasSize(3);
        }
    }

    private static void furnish(DemoScenery scenery) {
        scenery.workspace().pageSize(10);
        for (String name : List.of("vault", "sea")) {
            scenery.workspace()
                    .store("linkedservices", name, JsonNodeFactory.instance.objectNode());
        }
        scenery.workspace()
                .assign(
                        BuiltInRoles.byName("Synapse Linked Data Manager").orElseThrow().id(),
                        OF_THE_PROJECT.id().objectId(),
                        "workspaces/demo/linkedServices/lake");
    }

    private static List<String> namesIn(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("value").findValuesAsText("name");
    }

    private static void assertRecorded(
            ProxyFixture fixture, HttpResponse<String> answer, int removed) {
        assertThat(completed(fixture, answer).path("removed").asInt(-1)).isEqualTo(removed);
        assertThat(records(fixture, answer).getFirst().at("/decision/narrowed").asBoolean())
                .isTrue();
    }

    private static JsonNode completed(ProxyFixture fixture, HttpResponse<String> answer) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> records(fixture, answer), found -> found.size() == 2)
                .getLast();
    }

    private static List<JsonNode> records(ProxyFixture fixture, HttpResponse<String> answer) {
        return JournalReading.ofRequest(
                fixture.journalFolder(),
                answer.headers().firstValue("X-Stagedoor-Decision-Id").orElseThrow());
    }
}
