package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.Faucet;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.KeptConnection;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A running proxy takes up changed files as a whole, or leaves all as it was and says why. */
class ReloadIT {

    private static final Duration BOUND = Duration.ofSeconds(20);

    /** So many that waiting for the reload does not give back as many. */
    private static final int BURST = 200;

    private static final String PREFIX = "/synapse/demo";
    private static final String VERSION = "?api-version=2020-12-01";
    private static final CastMember NEWCOMER =
            new CastMember(
                    "newcomer",
                    PrincipalId.of(DemoCast.TENANT, "5a9d1f60-0000-4000-8000-0000000000d7"),
                    PrincipalKind.USER,
                    "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
                    List.of());

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = ProxyFixture.start(yaml -> yaml.replace("from: live", "from: both"));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void lineInTheAccessFileOpensADoorAndCutsNobodyOff() throws Exception {
        Faucet faucet = new Faucet();
        HttpResponse<InputStream> download = download("/pipelines/weekly", faucet);
        int keySets = fixture.scenery().issuer().keySetRequests();
        try (KeptConnection kept = connect()) {
            assertThat(get(kept, PREFIX, NEWCOMER)).isEqualTo(403);

            fixture.edit("access.yaml", yaml -> yaml + assignment(NEWCOMER));

            Awaitility.await().atMost(BOUND).until(() -> get(kept, PREFIX, NEWCOMER) == 200);
        }
        faucet.drip("the end");
        faucet.close();
        assertThat(download.body().readAllBytes()).asString().isEqualTo("the end");
        assertThat(fixture.scenery().issuer().keySetRequests()).isEqualTo(keySets);
        Awaitility.await().atMost(BOUND).until(() -> !reloadRecords().isEmpty());
        assertThat(reloadRecords())
                .singleElement()
                .extracting(record -> record.at("/details/0/value").asText())
                .isEqualTo("access");
    }

    @Test
    void wrongConfigurationChangesNothingAndShowsWhereItIsWrong() throws Exception {
        fixture.edit("stagedoor.yaml", yaml -> yaml.replace("groups_complete", "x") + "typo: 1\n");

        awaitHealth("stagedoor.yaml:");
        assertThat(fixture.admin("/health").statusCode()).isEqualTo(200);
        assertThat(fixture.admin("/health").body()).contains("unknown key `typo`");
        assertThat(fixture.admin("/metrics").body())
                .contains("stagedoor_config_reload_total{result=\"refused\"} 1.0");
        assertThat(status(DemoCast.ANALYST)).isEqualTo(200);

        fixture.edit("stagedoor.yaml", yaml -> yaml.replace("typo: 1\n", "# mended\n"));

        Awaitility.await()
                .atMost(BOUND)
                .until(() -> !fixture.admin("/health").body().contains("degraded"));
        assertThat(status(DemoCast.ANALYST)).isEqualTo(200);
    }

    @Test
    void wrongAccessFileRefusesTheWholeOfIt() throws Exception {
        fixture.edit("access.yaml", yaml -> yaml + assignment(NEWCOMER) + "  - role: Nothing\n");

        awaitHealth("access.yaml:");
        assertThat(status(NEWCOMER)).isEqualTo(403);
    }

    @Test
    void changeThatNeedsARestartIsRefusedByTheNamesOfItsKeys() throws Exception {
        fixture.edit(
                "stagedoor.yaml",
                yaml ->
                        yaml.replace("directory: audit", "directory: elsewhere")
                                .replace("path_prefix: " + PREFIX, "path_prefix: /moved"));

        awaitHealth("a change of `audit` needs a restart");
        assertThat(status(DemoCast.ANALYST)).isEqualTo(200);
    }

    @Test
    void routeMovesAndWhatRunsOnTheOldOneEndsInOrder() throws Exception {
        Faucet faucet = new Faucet();
        HttpResponse<InputStream> download = download("/pipelines/weekly", faucet);
        try (KeptConnection kept = connect()) {
            fixture.edit(
                    "stagedoor.yaml",
                    yaml -> yaml.replace("path_prefix: " + PREFIX, "path_prefix: /moved"));

            Awaitility.await()
                    .atMost(BOUND)
                    .until(() -> get(kept, "/moved", DemoCast.ANALYST) == 200);
            assertThat(get(kept, PREFIX, DemoCast.ANALYST)).isEqualTo(404);
        }
        faucet.drip("the end");
        faucet.close();
        assertThat(download.body().readAllBytes()).asString().isEqualTo("the end");
    }

    @Test
    void guardrailThatIsAddedEndsWhatItForbids() throws Exception {
        Faucet faucet = new Faucet();
        HttpResponse<InputStream> download = download("/pipelines/weekly", faucet);

        fixture.edit("access.yaml", yaml -> yaml + guardrail(DemoCast.ENGINEER));

        assertThatThrownBy(() -> download.body().readAllBytes()).isInstanceOf(IOException.class);
        assertThat(status(DemoCast.ENGINEER)).isEqualTo(403);
        faucet.close();
    }

    @Test
    void rotatedSecretIsUsedWithoutAGap() throws Exception {
        fixture.workspace().acceptOnly("rotated");
        fixture.edit("upstream.token", _ -> "rotated");

        Awaitility.await().atMost(BOUND).until(() -> status(DemoCast.ANALYST) == 200);
        Awaitility.await().atMost(BOUND).until(() -> !reloadRecords().isEmpty());
    }

    @Test
    void whoAskedTooOftenGainsNothingByIt() throws Exception {
        fixture.close();
        fixture = ProxyFixture.start(ReloadIT::withRate);
        try (KeptConnection kept = connect()) {
            for (int i = 0; i < BURST; i++) {
                get(kept, PREFIX, DemoCast.ANALYST);
            }
            fixture.edit(
                    "stagedoor.yaml",
                    yaml -> yaml.replace("path_prefix: " + PREFIX, "path_prefix: /moved"));
            Awaitility.await()
                    .atMost(BOUND)
                    .until(() -> get(kept, PREFIX, DemoCast.ENGINEER) == 404);

            List<Integer> after = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                after.add(get(kept, "/moved", DemoCast.ANALYST));
            }
            assertThat(after).contains(429);
        }
    }

    private static String withRate(String yaml) {
        return yaml.replaceFirst(
                "(?m)^listener:\n",
                "listener:\n  clients:\n    requests_per_second: 1\n    burst: " + BURST + "\n");
    }

    @Test
    void workspaceComesAndGoes() throws Exception {
        fixture.edit("stagedoor.yaml", ReloadIT::withSecondWorkspace);
        try (KeptConnection kept = connect()) {
            Awaitility.await()
                    .atMost(BOUND)
                    .until(() -> get(kept, "/synapse/other", DemoCast.ANALYST) != 404);
            assertThat(fixture.admin("/metrics").body()).contains("workspace=\"other\"");
            assertThat(get(kept, PREFIX, DemoCast.ANALYST)).isEqualTo(200);

            fixture.edit(
                    "stagedoor.yaml", yaml -> yaml.replaceAll("(?s)  - name: other.*# end", ""));

            Awaitility.await()
                    .atMost(BOUND)
                    .until(() -> get(kept, "/synapse/other", DemoCast.ANALYST) == 404);
        }
    }

    @Test
    void signalHasItLookAtOnce() throws Exception {
        fixture.proxy().reload();

        Awaitility.await()
                .atMost(BOUND)
                .until(
                        () ->
                                fixture.admin("/metrics")
                                        .body()
                                        .contains(
                                                "stagedoor_config_reload_total{result=\"unchanged\"}"
                                                        + " 1.0"));
        assertThat(reloadRecords()).isEmpty();
    }

    private static String withSecondWorkspace(String yaml) {
        int begin = yaml.indexOf("  - name: demo\n    tenant");
        int end = yaml.indexOf("audit:");
        String other =
                yaml.substring(begin, end)
                        .replace("name: demo", "name: other")
                        .replace(PREFIX, "/synapse/other")
                        .replaceFirst("uri: https://localhost", "uri: https://127.0.0.1");
        return yaml.substring(0, end) + other + "# end\n" + yaml.substring(end);
    }

    private static String assignment(CastMember member) {
        return "assignments:\n  - principal: "
                + member.id().objectId()
                + "\n    role: Synapse Artifact User\n    scope: workspaces/demo\n";
    }

    private static String guardrail(CastMember member) {
        return "  - name: nothing-for-them\n    applies_to:\n      principals: ["
                + member.id().objectId()
                + "]\n    may:\n      run:\n        pipelines: [none]\n";
    }

    private KeptConnection connect() throws IOException {
        return KeptConnection.open(
                fixture.scenery().authority().trustingContext(), fixture.proxy().port());
    }

    private int get(KeptConnection on, String prefix, CastMember caller) throws IOException {
        return on.status(
                "GET", prefix + "/pipelines/nightly" + VERSION, fixture.scenery().token(caller));
    }

    private int status(CastMember caller) throws Exception {
        return fixture.send(caller, "GET", "/pipelines/nightly").statusCode();
    }

    /** Begins a download of the engineer, of which one piece has come. */
    private HttpResponse<InputStream> download(String path, Faucet faucet) throws Exception {
        fixture.workspace().replyOnce(seen -> seen.path().equals(path), faucet.reply(200));
        HttpResponse<InputStream> answer =
                fixture.client()
                        .send(
                                fixture.request(
                                        fixture.scenery().token(DemoCast.ENGINEER),
                                        "GET",
                                        path,
                                        Optional.empty()),
                                BodyHandlers.ofInputStream());
        faucet.drip("begun");
        assertThat(answer.body().readNBytes(5)).asString().isEqualTo("begun");
        return answer;
    }

    private void awaitHealth(String text) {
        Awaitility.await()
                .atMost(BOUND)
                .until(() -> fixture.admin("/health").body().contains(text));
    }

    private List<JsonNode> reloadRecords() {
        return JournalReading.records(fixture.journalFolder()).stream()
                .filter(record -> record.at("/action").asText().equals("config.reload"))
                .toList();
    }
}
