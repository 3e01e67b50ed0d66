package io.stagedoor.policy.decision;

import static io.stagedoor.policy.testing.Scenario.CALLER;
import static io.stagedoor.policy.testing.Scenario.holding;
import static io.stagedoor.policy.testing.Verdicts.permitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.testing.Scenario;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The words of decisions: stable codes, and sentences that users of Synapse recognise. */
class ExplanationTest {

    @Test
    void aMissingPermissionNamesPrincipalActionScopeAndTheSmallestRole() {
        Decision decision =
                holding("Synapse Contributor @ {W}").decide("POST", "/pipelines/a/createRun", "{}");

        assertThat(decision.code()).isEqualTo("not_permitted");
        assertThat(decision.explanation())
                .isEqualTo(
                        "The principal `caller` does not have the required permission to perform"
                                + " Pipeline_CreatePipelineRun. Action:"
                                + " Microsoft.Synapse/workspaces/credentials/useSecret/action, Scope:"
                                + " workspaces/w/credentials/WorkspaceSystemIdentity. Smallest roles"
                                + " that would allow it: Synapse Credential User at"
                                + " workspaces/w/credentials/WorkspaceSystemIdentity.");
    }

    @Test
    void anyScopeIsWrittenWithAStar() {
        assertThat(holding().decide("GET", "/roleDefinitions").explanation())
                .contains("Action: Microsoft.Synapse/workspaces/read, Scope: workspaces/w/*.");
    }

    @Test
    void allThatIsMissingIsNamed() {
        assertThat(holding().decide("POST", "/triggers/t/start").explanation())
                .contains(
                        "Action: Microsoft.Synapse/workspaces/triggers/write, Scope: workspaces/w."
                                + " Action: Microsoft.Synapse/workspaces/credentials/useSecret/action,"
                                + " Scope: workspaces/w/credentials/WorkspaceSystemIdentity.");
    }

    @Test
    void severalWaysAreJoinedByOr() {
        assertThat(
                        holding()
                                .decide("POST", "/livyApi/versions/v/sparkPools/p/batches", "{}")
                                .explanation())
                .endsWith(
                        "Smallest roles that would allow it: Synapse Compute Operator at"
                                + " workspaces/w/bigDataPools/p; or Apache Spark Administrator at"
                                + " workspaces/w.");
        assertThat(new MinimalGrant(parts("Synapse User", "Synapse Credential User")).text())
                .isEqualTo(
                        "Synapse User at workspaces/w and Synapse Credential User at workspaces/w");
    }

    private static List<MinimalGrant.Part> parts(String... roles) {
        return Arrays.stream(roles)
                .map(name -> BuiltInRoles.byName(name).orElseThrow())
                .map(role -> new MinimalGrant.Part(role, Scenario.W))
                .toList();
    }

    @Test
    void aRightThatNoRoleGivesIsSaidSo() {
        Deny deny =
                new Deny.MissingPermission(
                        CALLER,
                        "Op",
                        List.of(new BoundRequirement.At(Action.read(), Scenario.W)),
                        List.of());

        assertThat(deny.explanation()).endsWith("Scope: workspaces/w. No known role gives it.");
    }

    @Test
    void aGrantOfNothingIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MinimalGrant(List.of()));
    }

    @Test
    void anUnmappedOperationIsNamed() {
        Decision decision = holding().decide("POST", "/getGitHubAccessToken");

        assertThat(decision.code()).isEqualTo("unmapped_operation");
        assertThat(decision.explanation())
                .isEqualTo(
                        "The operation WorkspaceGitRepoManagement_GetGitHubAccessToken is not"
                                + " covered by any known action, so it is refused for everybody.");
    }

    @Test
    void unknownGroupsAreNoVerdict() {
        Decision decision = holding().groupsUnknown().decide("GET", "/pipelines");

        assertThat(decision.explanation())
                .isEqualTo(
                        "The groups of the principal `caller` are not known at present, so"
                                + " Pipeline_GetPipelinesByWorkspace cannot be decided. Try again."
                                + " Without groups: The principal `caller` does not have the required"
                                + " permission to perform Pipeline_GetPipelinesByWorkspace. Action:"
                                + " Microsoft.Synapse/workspaces/artifacts/read, Scope: workspaces/w.");
        assertThat(new Deny.GroupsUnknown(CALLER, "Op", List.of()).explanation())
                .isEqualTo(
                        "The groups of the principal `caller` are not known at present, so Op"
                                + " cannot be decided. Try again.");
    }

    @Test
    void aStaleSnapshotSaysHowOldItIs() {
        Deny deny = new Deny.StaleSnapshot(Duration.ofSeconds(601), Duration.ofMinutes(10));

        assertThat(deny.code()).isEqualTo("stale_snapshot");
        assertThat(deny.explanation())
                .isEqualTo(
                        "The role assignments were last read 601 seconds ago and may be 600 seconds"
                                + " old at most, so nothing is decided on them. Try again.");
    }

    @Test
    void aPermitNamesTheAssignmentsThatGaveIt() {
        Permit permit =
                permitted(
                        holding("Synapse Artifact User @ {W} via readers")
                                .decide("GET", "/pipelines"));

        assertThat(permit.code()).isEqualTo("permitted");
        assertThat(permit.principal()).isEqualTo(CALLER);
        assertThat(permit.snapshotId()).isEqualTo("snapshot-1");
        assertThat(permit.operation().operation().name())
                .isEqualTo("Pipeline_GetPipelinesByWorkspace");
        assertThat(permit).hasToString("Permit" + permit.basis());
        assertThat(permit.explanation())
                .isEqualTo(
                        "The principal `caller` may perform Pipeline_GetPipelinesByWorkspace."
                                + " Action: Microsoft.Synapse/workspaces/artifacts/read, Scope:"
                                + " workspaces/w, given by the assignment"
                                + " `Synapse-Artifact-User/tenant/readers/{W}` of the group `readers`"
                                + " at workspaces/w.");
    }

    @Test
    void ofSeveralWaysTheCallersOwnAndNarrowestIsNamed() {
        Scenario scenario =
                holding(
                        "Synapse Compute Operator @ {W}/bigDataPools/p via team",
                        "Synapse Administrator @ {W}",
                        "Synapse Contributor @ {W}/bigDataPools/p",
                        "Synapse Compute Operator @ {W}/bigDataPools/p");

        Permit permit =
                permitted(
                        scenario.decide("POST", "/livyApi/versions/v/sparkPools/p/batches", "{}"));

        assertThat(permit.basis().getFirst().assignment().id())
                .isEqualTo("Synapse-Compute-Operator/tenant/caller/{W}/bigDataPools/p");
    }

    @Test
    void anItemScopeIsNamedBeforeTheRootEvenForAStrongerRole() {
        Scenario scenario =
                holding("Synapse User @ {W}", "Synapse Compute Operator @ {W}/bigDataPools/p");

        Permit permit = permitted(scenario.decide("GET", "/sqlPools"));

        assertThat(permit.basis().getFirst().assignment().scope().text())
                .isEqualTo("workspaces/w/bigDataPools/p");
    }
}
