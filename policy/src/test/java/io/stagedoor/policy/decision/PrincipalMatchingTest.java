package io.stagedoor.policy.decision;

import static io.stagedoor.policy.testing.Scenario.CALLER;
import static io.stagedoor.policy.testing.Scenario.assignment;
import static io.stagedoor.policy.testing.Scenario.bind;
import static io.stagedoor.policy.testing.Scenario.holding;
import static io.stagedoor.policy.testing.Scenario.id;
import static io.stagedoor.policy.testing.Verdicts.lacks;
import static io.stagedoor.policy.testing.Verdicts.permitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.testing.Scenario;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose assignments count: the statements of semantics.md on principals and groups. */
class PrincipalMatchingTest {

    private static Decision read(Scenario scenario) {
        return scenario.decide("GET", "/pipelines");
    }

    @DisplayName("S28, S29: roles of groups count at any depth of nesting")
    @ParameterizedTest
    @ValueSource(strings = {"a", "a > b", "a > b > c", "a > b > c > d > e"})
    void groupsCountAtAnyDepth(String nesting) {
        Permit permit = permitted(read(holding("Synapse Artifact User @ {W} via " + nesting)));

        assertThat(permit.basis())
                .singleElement()
                .satisfies(
                        basis ->
                                assertThat(basis.viaGroup())
                                        .contains(id(nesting.substring(nesting.length() - 1))));
    }

    @DisplayName("S28: a group of the token may itself be in a declared group, round in a circle")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void circlesOfGroupsCountAndEnd(int length) {
        Scenario scenario = holding().add(assignment("Synapse Artifact User", id("top"), "{W}"));
        for (int i = 0; i < length; i++) {
            scenario.in(id("g" + i), id("g" + (i + 1) % length));
        }
        scenario.in(id("g" + (length - 1)), id("top"));

        lacks(read(scenario), "artifacts/read @ {W}");
        permitted(read(scenario.member(id("g0"))));
    }

    @DisplayName("S28: a declared membership counts for a principal whose token names no group")
    @Test
    void declaredMembershipsCountForTheCallerItself() {
        Scenario scenario = holding().add(assignment("Synapse Artifact User", id("team"), "{W}"));

        lacks(read(scenario), "artifacts/read @ {W}");
        permitted(read(scenario.in(CALLER, id("team"))));
    }

    @DisplayName("S30: a group's role counts for its members only")
    @Test
    void aGroupCountsThroughMembershipAlone() {
        lacks(
                read(
                        holding()
                                .add(assignment("Synapse Artifact User", id("team"), "{W}"))
                                .member(id("Team-readers"))),
                "artifacts/read @ {W}");
    }

    @DisplayName(
            "S31: an assignment to an application id never matches a caller of that application")
    @Test
    void anApplicationIdIsNoPrincipal() {
        String application = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

        lacks(
                read(
                        holding()
                                .add(assignment("Synapse Artifact User", id(application), "{W}"))
                                .client(application)),
                "artifacts/read @ {W}");
    }

    @DisplayName("S32: the client application adds no right and takes none")
    @Test
    void theClientApplicationChangesNothing() {
        Scenario scenario = holding("Synapse Artifact User @ {W}");

        permitted(read(scenario));
        permitted(read(scenario.client("04b07795-8ddb-461a-bbee-02f9e1bf7b46")));
    }

    @DisplayName("S33: what sort of principal a token claims to be changes nothing")
    @ParameterizedTest
    @EnumSource(PrincipalKind.class)
    void theKindOfPrincipalChangesNothing(PrincipalKind kind) {
        Scenario scenario = holding("Synapse Artifact User @ {W}");
        Principal caller =
                new Principal(CALLER, kind, Optional.empty(), GroupMembership.known(Set.of()));

        permitted(
                new Authorizer()
                        .decide(
                                scenario.snapshot(),
                                caller,
                                bind("GET", "/pipelines", "-", Map.of()),
                                Scenario.NOW));
    }

    @DisplayName("S34: with unknown groups, what direct assignments give is permitted")
    @Test
    void directAssignmentsDecideWhenGroupsAreUnknown() {
        permitted(read(holding("Synapse Artifact User @ {W}").groupsUnknown()));
    }

    @DisplayName("S34: with unknown groups, what direct assignments lack is undecided, not denied")
    @Test
    void theRestIsUndecidedWhenGroupsAreUnknown() {
        Decision decision = read(holding("Synapse Artifact User @ {W} via g").groupsUnknown());

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Deny.GroupsUnknown.class,
                        deny -> {
                            assertThat(deny.code()).isEqualTo("groups_unknown");
                            assertThat(deny.missing())
                                    .extracting(BoundRequirement::toString)
                                    .containsExactly("artifacts/read @ workspaces/w");
                        });
    }

    @DisplayName("S34: declared memberships count even when other groups are unknown")
    @Test
    void declaredMembershipsCountWhenGroupsAreUnknown() {
        permitted(
                read(
                        holding()
                                .add(assignment("Synapse Artifact User", id("top"), "{W}"))
                                .in(CALLER, id("team"))
                                .in(id("team"), id("top"))
                                .groupsUnknown()));
    }

    @DisplayName("S34: an unmapped operation is denied even when groups are unknown")
    @Test
    void unmappedIsCertainWhenGroupsAreUnknown() {
        assertThat(holding().groupsUnknown().decide("POST", "/getGitHubAccessToken"))
                .isInstanceOf(Deny.UnmappedOperation.class);
    }

    @DisplayName("S37: a guest matches by its object id in the workspace's tenant")
    @Test
    void aGuestMatchesByItsObjectIdHere() {
        PrincipalId atHome = PrincipalId.of("home", CALLER.objectId());

        lacks(
                read(holding().add(assignment("Synapse Administrator", atHome, "{W}"))),
                "artifacts/read @ {W}");
        permitted(read(holding().add(assignment("Synapse Administrator", CALLER, "{W}"))));
    }

    @DisplayName("S38: a principal of another tenant never matches, nor do its groups")
    @Test
    void tenantsNeverMix() {
        PrincipalId foreignGroup = PrincipalId.of("other", "team");

        lacks(
                read(
                        holding()
                                .add(assignment("Synapse Artifact User", id("team"), "{W}"))
                                .member(foreignGroup)),
                "artifacts/read @ {W}");
    }

    @DisplayName("S39: object ids of GUID form match without case")
    @Test
    void guidsMatchWithoutCase() {
        PrincipalId lower = id("829ae9c5-0000-4000-8000-00000000000b");
        PrincipalId upper = id("829AE9C5-0000-4000-8000-00000000000B");

        permitted(
                read(
                        holding()
                                .add(assignment("Synapse Artifact User", lower, "{W}"))
                                .member(upper)));
    }
}
