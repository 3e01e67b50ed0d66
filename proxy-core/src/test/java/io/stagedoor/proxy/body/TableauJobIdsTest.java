package io.stagedoor.proxy.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Job ids in Tableau's answers, which say the same in XML and in JSON. */
class TableauJobIdsTest {

    private static final String TASK = "11111111-0000-4000-8000-000000000001";
    private static final String JOB = "22222222-0000-4000-8000-000000000002";
    private static final String RUN = "33333333-0000-4000-8000-000000000003";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/xml;charset=utf-8|<?xml version='1.0'?><tsResponse xmlns='http://tableau.com/api'>"
                        + "<job id='"
                        + JOB
                        + "' mode='Asynchronous'/></tsResponse>",
                "application/xml|<t:tsResponse xmlns:t='x'><a id='no'/><t:job id='"
                        + JOB
                        + "'/>"
                        + "</t:tsResponse>",
                "application/json|{\"job\":{\"id\":\"" + JOB + "\",\"mode\":\"Asynchronous\"}}",
            })
    void linksATaskToTheJobItStarted(String type, String answer) throws RefusedException {
        JobIds ids = exchange("run_extract_refresh_task", Map.of("task_id", TASK), type, answer);

        assertThat(ids.edges())
                .containsExactly(new JobIds.Edge(job("task", TASK), job("job", JOB)));
        assertThat(ids.truncated()).isFalse();
    }

    @Test
    void linksAJobToTheRunOfItsFlow() throws RefusedException {
        JobIds ids =
                exchange(
                        "query_job",
                        Map.of("job_id", JOB),
                        "text/xml",
                        "<tsResponse><job id='"
                                + JOB
                                + "'><runFlowJobType flowRunId='"
                                + RUN
                                + "' notes='x'/></job></tsResponse>");

        assertThat(ids.edges())
                .containsExactly(new JobIds.Edge(job("job", JOB), job("flowRun", RUN)));
    }

    @Test
    void readsEachElementOfAListAndLinksWhatStandsTogether() throws RefusedException {
        JobIds ids =
                exchange(
                        "get_flow_runs",
                        Map.of(),
                        "text/xml",
                        "<tsResponse><flowRuns><flowRuns id='r1' backgroundJobId='j1'/>"
                                + "<flowRuns id='r2'/><flowRuns id='r3' backgroundJobId='j3'/>"
                                + "</flowRuns></tsResponse>");

        assertThat(ids.jobs())
                .contains(job("flowRun", "r1"), job("flowRun", "r2"), job("flowRun", "r3"));
        assertThat(ids.edges())
                .containsExactlyInAnyOrder(
                        new JobIds.Edge(job("job", "j1"), job("flowRun", "r1")),
                        new JobIds.Edge(job("job", "j3"), job("flowRun", "r3")));
    }

    @Test
    void keepsWhatItFoundOfAnAnswerThatBreaksOff() throws RefusedException {
        JobIds ids =
                exchange(
                        "query_jobs",
                        Map.of(),
                        "text/xml",
                        "<tsResponse><backgroundJobs><backgroundJob id='j1'/><backgroundJob");

        assertThat(ids.jobs()).containsExactly(job("job", "j1"));
        assertThat(ids.truncated()).isTrue();
    }

    @Test
    void keepsNoMoreOfAListThanTheBound() throws RefusedException {
        StringBuilder list = new StringBuilder("<tsResponse><backgroundJobs>");
        for (int i = 0; i < JobIdReader.MOST_IDS + 10; i++) {
            list.append("<backgroundJob id='j" + i + "'/>");
        }
        list.append("</backgroundJobs></tsResponse>");

        JobIds ids = exchange("query_jobs", Map.of(), "text/xml", list.toString());

        assertThat(ids.jobs()).hasSize(JobIdReader.MOST_IDS);
        assertThat(ids.truncated()).isTrue();
    }

    @Test
    void expandsNoEntity() throws RefusedException {
        JobIds ids =
                exchange(
                        "query_jobs",
                        Map.of(),
                        "text/xml",
                        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><tsResponse>"
                                + "<backgroundJobs><backgroundJob id='&e;'/></backgroundJobs>"
                                + "</tsResponse>");

        assertThat(ids.jobs()).isEmpty();
        assertThat(ids.truncated()).isTrue();
    }

    private static JobIds exchange(
            String operation, Map<String, String> parameters, String type, String answer)
            throws RefusedException {
        JobIdReader reader =
                new JobIdReader(bound(operation, parameters), JobIdReader.DEFAULT_LIMIT);
        reader.request(RequestHead.parse("GET", "/a", Fields.of("Host", "h")));
        reader.response(new ResponseHead(200, Fields.of("Content-Type", type)));
        byte[] octets = answer.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < octets.length; at += 7) {
            reader.responseBody(ByteBuffer.wrap(octets, at, Math.min(7, octets.length - at)));
        }
        return reader.finish();
    }

    private static BoundOperation bound(String name, Map<String, String> parameters) {
        Operation operation = OperationCatalogue.tableau().operation(name).orElseThrow();
        return new BoundOperation(
                operation, Scope.site("sales"), parameters, List.<BoundRequirement>of(), Map.of());
    }

    private static JobId job(String kind, String id) {
        return new JobId(Platform.TABLEAU, "sales", kind, List.of(), id);
    }
}
