package io.stagedoor.proxy.cli.demo.workspace;

import static io.stagedoor.proxy.cli.demo.workspace.WorkspaceClient.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleDefinition;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoleCallsTest {
    private static final String CONTRIBUTOR = roleId("Synapse Contributor");
    private static final String PERSON = "5a9d1f60-0000-4000-8000-000000000aaa";
    private static final String ID = "5a9d1f60-0000-4000-8000-000000000bbb";

    private final WorkspaceClient client = new WorkspaceClient();
    private final FakeWorkspace workspace = client.workspace();

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void assignmentsArePagedByTheContinuationFieldThatIsEmptyOnTheLastPage() throws Exception {
        for (String pool : List.of("a", "b", "c")) {
            workspace.assign(CONTRIBUTOR, PERSON, "workspaces/demo/bigDataPools/" + pool);
        }

        HttpResponse<String> first =
                client.send("GET", "/roleAssignments", "", "x-ms-continuation", "");
        String continuation = first.headers().firstValue("x-ms-continuation").orElseThrow();
        HttpResponse<String> second =
                client.send("GET", "/roleAssignments", "", "x-ms-continuation", continuation);

        assertThat(parsed(first).path("count").asInt()).isEqualTo(2);
        assertThat(continuation).isNotEmpty();
        assertThat(parsed(second).path("value")).hasSize(1);
        assertThat(second.headers().firstValue("x-ms-continuation")).contains("");
    }

    @Test
    void aFilterByScopeGivesWhatAppliesThere() throws Exception {
        workspace.pageSize(10);
        workspace.assign(CONTRIBUTOR, PERSON, "workspaces/demo");
        workspace.assign(CONTRIBUTOR, PERSON, "workspaces/demo/bigDataPools/p");
        workspace.assign(CONTRIBUTOR, PERSON, "workspaces/demo/bigDataPools/p2");

        JsonNode page = client.json("/roleAssignments?scope=workspaces%2Fdemo%2FbigDataPools%2Fp");

        assertThat(page.path("value")).hasSize(2);
    }

    @Test
    void anAssignmentIsPutReadFoundTwiceAndDeleted() throws Exception {
        String body = assignment("workspaces/demo");

        HttpResponse<String> put = client.send("PUT", "/roleAssignments/" + ID, body);
        HttpResponse<String> again = client.send("PUT", "/roleAssignments/" + ID, body);
        HttpResponse<String> duplicate =
                client.send("PUT", "/roleAssignments/" + ID.replace('b', 'c'), body);
        JsonNode read = client.json("/roleAssignments/" + ID);
        int deleted = client.send("DELETE", "/roleAssignments/" + ID, "").statusCode();
        int deletedAgain = client.send("DELETE", "/roleAssignments/" + ID, "").statusCode();
        HttpResponse<String> missing = client.get("/roleAssignments/" + ID);

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(duplicate.statusCode()).isEqualTo(409);
        assertThat(read.path("roleDefinitionId").asText()).isEqualTo(CONTRIBUTOR);
        assertThat(List.of(deleted, deletedAgain)).containsExactly(200, 204);
        assertThat(parsed(missing).at("/error/code").asText()).isEqualTo("RoleAssignmentNotFound");
    }

    @Test
    void aMalformedAssignmentIsRefused() throws Exception {
        int badScope =
                client.send("PUT", "/roleAssignments/" + ID, assignment("nonsense")).statusCode();
        int noBody = client.send("PUT", "/roleAssignments/" + ID, "").statusCode();

        assertThat(List.of(badScope, noBody)).containsExactly(400, 400);
    }

    @Test
    void theElevenRolesComeAsABareArrayWithTheirDataActions() throws Exception {
        JsonNode roles = client.json("/roleDefinitions");

        assertThat(roles).hasSize(11);
        assertThat(StreamSupport.stream(roles.spliterator(), false))
                .allSatisfy(
                        role -> {
                            RoleDefinition known =
                                    BuiltInRoles.byId(role.path("id").asText()).orElseThrow();
                            assertThat(role.at("/permissions/0/dataActions"))
                                    .hasSize(known.actions().size());
                        });
        assertThat(client.json("/roleDefinitions/" + CONTRIBUTOR).path("name").asText())
                .isEqualTo("Synapse Contributor");
        assertThat(client.get("/roleDefinitions/none").statusCode()).isEqualTo(404);
        assertThat(client.json("/rbacScopes")).hasSize(6);
    }

    @Test
    void theLegacyCallsSeeTheSameAssignments() throws Exception {
        client.send("POST", "/rbac/roleAssignments", assignment("workspaces/demo"));
        workspace.assign(CONTRIBUTOR, FakeWorkspace.OWN_IDENTITY, "workspaces/demo");

        JsonNode list = client.json("/rbac/roleAssignments");
        HttpResponse<String> own = client.send("POST", "/rbac/getMyAssignedRoles", "{}");

        assertThat(list.path("value")).hasSize(2);
        assertThat(parsed(own)).hasSize(1);
    }

    @Test
    void anAssignmentCanBeTakenAway() {
        String id = workspace.assign(CONTRIBUTOR, PERSON, "workspaces/demo");

        assertThat(workspace.unassign(id)).isTrue();
        assertThat(workspace.unassign(id)).isFalse();
    }

    @Test
    void theAccessCheckAnswersForNamedGroupsToo() throws Exception {
        workspace.assign(CONTRIBUTOR, PERSON, "workspaces/demo");
        String subject = "{\"principalId\":\"other\",\"groupIds\":[\"" + PERSON + "\"]}";
        String actions =
                "[{\"id\":\"Microsoft.Synapse/workspaces/pipelines/write\"},"
                        + "{\"id\":\"Microsoft.Synapse/workspaces/roleAssignments/write\"}]";

        HttpResponse<String> response =
                client.send("POST", "/checkAccessSynapseRbac", check(subject, actions));

        JsonNode decisions = parsed(response).path("AccessDecisions");
        assertThat(decisions.at("/0/accessDecision").asText()).isEqualTo("Allowed");
        assertThat(decisions.at("/0/roleAssignment/principalId").asText()).isEqualTo(PERSON);
        assertThat(decisions.at("/1/accessDecision").asText()).isEqualTo("NotAllowed");
    }

    private static String check(String subject, String actions) {
        return String.format(
                Locale.ROOT,
                "{\"subject\":%s,\"actions\":%s,\"scope\":\"workspaces/demo/bigDataPools/p\"}",
                subject,
                actions);
    }

    private static String assignment(String scope) {
        return String.format(
                Locale.ROOT,
                "{\"roleId\":\"%s\",\"principalId\":\"%s\",\"scope\":\"%s\"}",
                CONTRIBUTOR,
                PERSON,
                scope);
    }

    private static String roleId(String name) {
        return BuiltInRoles.byName(name).map(RoleDefinition::id).orElseThrow();
    }
}
