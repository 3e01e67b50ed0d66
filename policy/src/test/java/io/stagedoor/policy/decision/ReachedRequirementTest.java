package io.stagedoor.policy.decision;

import static io.stagedoor.policy.testing.Scenario.holding;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.operation.BoundRequirement.Reached;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.policy.testing.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReachedRequirementTest {

    private static final Action COMPUTE = Action.ofShort("integrationRuntimes/useCompute/action");
    private static final Action SECRET = Action.ofShort("linkedServices/useSecret/action");
    private static final String STARTS =
            "Synapse Credential User @ workspaces/w/credentials/WorkspaceSystemIdentity";

    @Test
    void whatARunReachesIsNeededBesidesWhatStartsIt() {
        BoundOperation run = run(runtime("r"), service("l"));

        Deny.MissingPermission deny = (Deny.MissingPermission) holding(STARTS).decide(run);

        assertThat(deny.missing()).containsExactly(runtime("r"), service("l"));
        assertThat(deny.explanation())
                .contains(
                        "Scope: workspaces/w/integrationRuntimes/r"
                                + " (used by pipeline p > integration runtime r).");
    }

    @Test
    void whatIsRequiredAnywayIsNotRequiredTwice() {
        Scope identity = Scenario.W.item(ItemType.CREDENTIAL, "WorkspaceSystemIdentity");
        Reached again =
                new Reached(Action.ofShort("credentials/useSecret/action"), identity, List.of("x"));

        assertThat(run(again).requirements()).doesNotContain(again);
    }

    @Test
    void anAssignmentAtTheItemOrTheRootMeetsIt() {
        BoundOperation run = run(runtime("r"));

        assertThat(holding(STARTS, "Synapse Compute Operator @ {W}").decide(run))
                .isInstanceOf(Permit.class);
        assertThat(
                        holding(
                                        STARTS,
                                        "Synapse Compute Operator @"
                                                + " workspaces/w/integrationRuntimes/R")
                                .decide(run))
                .isInstanceOf(Permit.class);
        assertThat(
                        holding(
                                        STARTS,
                                        "Synapse Compute Operator @"
                                                + " workspaces/w/integrationRuntimes/r2")
                                .decide(run))
                .isInstanceOf(Deny.class);
    }

    @Test
    void grantsForVeryManyMissingRightsAreFoundAndNoPartOfThemCanBeLeftOut() {
        Reached[] many =
                Stream.concat(
                                IntStream.range(0, 60).mapToObj(i -> runtime("r" + i)),
                                IntStream.range(0, 60).mapToObj(i -> service("l" + i)))
                        .toArray(Reached[]::new);

        Deny.MissingPermission deny = (Deny.MissingPermission) holding(STARTS).decide(run(many));

        assertThat(deny.minimalGrants()).isNotEmpty();
        assertThat(deny.minimalGrants().getFirst().parts()).hasSize(120);
        assertThat(deny.explanation()).contains("And 108 more.");
        for (MinimalGrant grant : deny.minimalGrants()) {
            assertThat(flips(grant.parts(), run(many))).isTrue();
            for (MinimalGrant.Part part : grant.parts()) {
                List<MinimalGrant.Part> fewer = new ArrayList<>(grant.parts());
                fewer.remove(part);
                assertThat(flips(fewer, run(many))).as("without %s", part).isFalse();
            }
        }
    }

    private static boolean flips(List<MinimalGrant.Part> parts, BoundOperation operation) {
        List<String> assignments = new ArrayList<>(List.of(STARTS));
        parts.forEach(part -> assignments.add(part.role().name() + " @ " + part.scope().text()));
        return holding(assignments.toArray(String[]::new)).decide(operation) instanceof Permit;
    }

    private static BoundOperation run(Reached... reached) {
        BoundOperation run = Scenario.bind("POST", "/pipelines/p/createRun", "-", Map.of());
        return run.requiring(List.of(reached));
    }

    private static Reached runtime(String name) {
        return new Reached(
                COMPUTE,
                Scenario.W.item(ItemType.INTEGRATION_RUNTIME, name),
                List.of("pipeline p", "integration runtime " + name));
    }

    private static Reached service(String name) {
        BoundRequirement at =
                new BoundRequirement.At(SECRET, Scenario.W.item(ItemType.LINKED_SERVICE, name));
        return new Reached(
                at.action(),
                Scenario.W.item(ItemType.LINKED_SERVICE, name),
                List.of("pipeline p", "linked service " + name));
    }
}
