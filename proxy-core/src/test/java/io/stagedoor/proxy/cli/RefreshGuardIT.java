package io.stagedoor.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.testing.tableau.FakeTableau;
import io.stagedoor.proxy.testing.tableau.SiteFixture;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A refresh of Tableau content whose pipeline in Synapse has failed, and then has not. */
class RefreshGuardIT {

    private static final String DATASOURCE = "9a8b7c6d-0000-4000-8000-0000000000d1";
    private static final String JOB = "9a8b7c6d-0000-4000-8000-0000000000b1";
    private static final CastMember USER = SiteFixture.user(0);
    private static final String GUARD =
            """
                   refresh_guard:
                     cache: 1s
                     retry_after: 5m
                     sources:
                       - name: warehouse
                         checks:
                           - pipeline: {service: demo, name: nightly}
            """;

    private final AtomicInteger refreshes = new AtomicInteger();

    @Test
    void aRefreshIsHeldBackUntilItsPipelineHasSucceededAndItsJobTellsOfIt() throws Exception {
        try (SiteFixture site = SiteFixture.start(yaml -> yaml + GUARD.indent(-3))) {
            prepare(site);
            pipelineEnded(site, "Failed");

            HttpResponse<String> held = refreshOnceSeen(site);

            assertThat(held.statusCode()).as(held.body()).isEqualTo(409);
            assertThat(held.headers().firstValue("X-Stagedoor-Decision")).contains("skipped");
            assertThat(held.headers().firstValue("Retry-After")).contains("300");
            assertThat(held.body())
                    .contains("<error code=\"409093\"")
                    .contains("warehouse")
                    .doesNotContain("<job");
            assertThat(refreshes).hasValue(0);

            HttpResponse<String> started = refreshWhenWell(site);

            assertThat(started.body()).contains(JOB);
            assertThat(refreshes).hasValue(1);
            assertThat(tree(site, JOB))
                    .containsSubsequence("HELD BACK", "refresh_held", "Failed", "started by");
        }
    }

    /** The job that a refresh starts is named in its answer; no other is. */
    private void prepare(SiteFixture site) throws IOException {
        site.tableau()
                .plan(
                        "POST",
                        ".*/datasources/" + DATASOURCE + "/refresh",
                        (_, _) -> {
                            refreshes.incrementAndGet();
                            return Answer.json(202, "{\"job\":{\"id\":\"" + JOB + "\"}}");
                        });
        site.proxy()
                .edit(
                        "access.yaml",
                        text ->
                                text.replaceFirst(
                                        "assignments:\n",
                                        "assignments:\n  - {principal: "
                                                + USER.id().objectId()
                                                + ", role: Synapse Administrator, scope:"
                                                + " sites/demo-site}\n"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> refresh(site).statusCode() == 409);
        refreshes.set(0);
    }

    /** Has the workspace say how the pipeline's last run ended, whenever it is asked next. */
    private static void pipelineEnded(SiteFixture site, String status) {
        Instant end = InstantSource.system().instant().minus(Duration.ofMinutes(5));
        String run =
                "{\"value\":[{\"runId\":\"r1\",\"pipelineName\":\"nightly\",\"status\":\""
                        + status
                        + "\",\"runStart\":\""
                        + end.minusSeconds(60)
                        + "\",\"runEnd\":\""
                        + end
                        + "\"}]}";
        for (int i = 0; i < 50; i++) {
            site.proxy()
                    .workspace()
                    .replyOnce(
                            seen -> seen.path().equals("/queryPipelineRuns"),
                            Answer.json(200, run));
        }
    }

    /** What was found before is used for a second. */
    private static HttpResponse<String> refreshOnceSeen(SiteFixture site) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> refresh(site), answer -> answer.body().contains("Failed"));
    }

    private static HttpResponse<String> refreshWhenWell(SiteFixture site) {
        site.proxy().workspace().forgetReplies();
        pipelineEnded(site, "Succeeded");
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> refresh(site), answer -> answer.statusCode() == 202);
    }

    private static HttpResponse<String> refresh(SiteFixture site)
            throws IOException, InterruptedException {
        return site.send(
                site.request(
                                "POST",
                                "/sites/"
                                        + FakeTableau.SITE_ID
                                        + "/datasources/"
                                        + DATASOURCE
                                        + "/refresh",
                                "<tsRequest />")
                        .header("Content-Type", "application/xml")
                        .header("Accept", "*/*")
                        .header("Authorization", "Bearer " + site.token(USER)));
    }

    private static String tree(SiteFixture site, String job) {
        String config = site.proxy().scenery().configuration().toString();
        return Awaitility.await()
                .until(
                        () -> CommandRun.of("audit", "job", "--config", config, job).output(),
                        text -> text.contains("started by"));
    }
}
