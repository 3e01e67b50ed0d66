package io.stagedoor.policy.decision;

import static io.stagedoor.policy.testing.Scenario.bind;
import static io.stagedoor.policy.testing.Scenario.holding;
import static io.stagedoor.policy.testing.Verdicts.lacks;
import static io.stagedoor.policy.testing.Verdicts.permitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.testing.Scenario;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may give and take roles: the statements of semantics.md on granting. */
class GrantingTest {

    private static final ScopeInput STORED = new ScopeInput.StoredAssignment("roleAssignmentId");
    private static final String PATH = "/roleAssignments/5a9e0000-0000-4000-8000-000000000001";

    private static BoundOperation put(String scope) {
        return bind("PUT", PATH, body(scope), Map.of());
    }

    private static BoundOperation repoint(String from, String to) {
        return bind("PUT", PATH, body(to), Map.of(STORED, from));
    }

    private static BoundOperation delete(String stored) {
        return bind("DELETE", PATH, "-", Map.of(STORED, stored));
    }

    private static String body(String scope) {
        return "{\"roleId\":\"r\",\"principalId\":\"p\",\"scope\":\"" + scope + "\"}";
    }

    @DisplayName("S40: only Synapse Administrator holds the right to grant or remove")
    @Test
    void onlyTheAdministratorMayGrant() {
        assertThat(BuiltInRoles.all())
                .filteredOn(
                        role ->
                                role.actions().contains(Action.ofShort("roleAssignments/write"))
                                        || role.actions()
                                                .contains(Action.ofShort("roleAssignments/delete")))
                .extracting(RoleDefinition::name)
                .containsExactly("Synapse Administrator");
    }

    @DisplayName("S41: Administrator at the workspace grants everywhere, at an item only there")
    @ParameterizedTest
    @CsvSource({
        "{W}, {W}, true",
        "{W}, {W}/bigDataPools/p, true",
        "{W}, {W}/credentials/c, true",
        "{W}/bigDataPools/p, {W}/bigDataPools/p, true",
        "{W}/bigDataPools/p, {W}/bigDataPools/P, true",
        "{W}/bigDataPools/p, {W}/bigDataPools/q, false",
        "{W}/bigDataPools/p, {W}/credentials/p, false",
        "{W}/bigDataPools/p, {W}, false"
    })
    void anAdministratorGrantsWithinItsScope(String held, String target, boolean permitted) {
        Decision decision = holding("Synapse Administrator @ " + held).decide(put(target));

        assertThat(decision instanceof Permit).as(decision.explanation()).isEqualTo(permitted);
    }

    static List<String> otherRoles() {
        return BuiltInRoles.all().stream()
                .map(RoleDefinition::name)
                .filter(name -> !name.equals("Synapse Administrator"))
                .toList();
    }

    @DisplayName("S42: no other role grants, Contributor among them")
    @ParameterizedTest
    @MethodSource("otherRoles")
    void otherRolesNeverGrant(String role) {
        Scenario scenario = holding(role + " @ {W}");

        lacks(
                scenario.decide(put("{W}/bigDataPools/p")),
                "roleAssignments/write @ {W}/bigDataPools/p");
        lacks(scenario.decide(delete("workspaces/w")), "roleAssignments/delete @ {W}");
        lacks(
                scenario.decide("POST", "/rbac/roleAssignments", "{}"),
                "roleAssignments/write @ {W}");
    }

    @DisplayName("S43: removing is checked at the scope that is stored")
    @Test
    void removingIsCheckedAtTheStoredScope() {
        Scenario scenario = holding("Synapse Administrator @ {W}/bigDataPools/p");

        permitted(scenario.decide(delete("workspaces/w/bigDataPools/p")));
        lacks(scenario.decide(delete("workspaces/w")), "roleAssignments/delete @ {W}");
    }

    @DisplayName("S44: re-pointing is checked at the old scope and at the new one")
    @Test
    void rePointingIsCheckedAtBothScopes() {
        Scenario scenario = holding("Synapse Administrator @ {W}/bigDataPools/p");

        permitted(scenario.decide(repoint("workspaces/w/bigDataPools/p", "{W}/bigDataPools/p")));
        lacks(
                scenario.decide(repoint("workspaces/w", "{W}/bigDataPools/p")),
                "roleAssignments/write @ {W}");
        lacks(
                scenario.decide(repoint("workspaces/w/bigDataPools/p", "{W}/bigDataPools/q")),
                "roleAssignments/write @ {W}/bigDataPools/q");
    }

    @DisplayName("S45: the creator of a workspace has what its assignment gives, and no more")
    @Test
    void theCreatorIsAnAdministratorLikeAnyOther() {
        permitted(holding("Synapse Administrator @ {W}").decide(put("{W}")));
        lacks(holding().decide(put("{W}")), "roleAssignments/write @ {W}");
    }

    @DisplayName("S50: any role at any scope may list all assignments")
    @Test
    void anyRoleMayListAssignments() {
        permitted(holding("Synapse User @ {W}/linkedServices/l").decide("GET", "/roleAssignments"));
        permitted(holding("Synapse User @ {W}/linkedServices/l").decide("GET", PATH));
    }
}
