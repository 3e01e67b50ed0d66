package io.stagedoor.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.principal.GroupGraph;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.scope.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a caller is shown of itself, beside what decisions say. */
class CallerAccessTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final PrincipalId ADA = PrincipalId.of("t", "ada");
    private static final PrincipalId TEAM = PrincipalId.of("t", "team");
    private static final PrincipalId PARENT = PrincipalId.of("t", "parent");
    private static final PrincipalId OTHERS = PrincipalId.of("t", "others");
    private static final Guardrail OWN =
            new Guardrail("b-own", Set.of(ADA), Set.of(), true, List.of());
    private static final Guardrail MEMBERS =
            new Guardrail("a-members", Set.of(), Set.of(), false, List.of(), Set.of(OTHERS));

    private static RoleAssignment assigned(String id, String role, PrincipalId to, String scope) {
        String definition = BuiltInRoles.byName(role).orElseThrow().id();
        return new RoleAssignment(id, definition, to, Scope.parse(scope), "live");
    }

    private static final AccessSnapshot SNAPSHOT =
            AccessSnapshot.builder(Scope.workspace("w"))
                    .id("s1")
                    .takenAt(NOW)
                    .assignments(
                            List.of(
                                    assigned("1", "Synapse User", OTHERS, "workspaces/w"),
                                    assigned(
                                            "2",
                                            "Synapse Compute Operator",
                                            ADA,
                                            "workspaces/w/bigDataPools/small"),
                                    assigned("3", "Synapse Artifact User", PARENT, "workspaces/w"),
                                    new RoleAssignment(
                                            "4", "no-such-role", ADA, Scope.workspace("w"), "live"),
                                    assigned("5", "Synapse User", ADA, "workspaces/elsewhere")))
                    .groupGraph(GroupGraph.of(Map.of(TEAM, Set.of(PARENT))))
                    .guardrails(List.of(OWN, MEMBERS))
                    .build();

    private static Principal ada(GroupMembership groups) {
        return new Principal(ADA, PrincipalKind.USER, Optional.empty(), groups);
    }

    @Test
    void showsOwnRolesAndThoseOfGroupsAndOfWhatTheseAreIn() {
        CallerAccess access = CallerAccess.of(SNAPSHOT, ada(GroupMembership.known(Set.of(TEAM))));

        assertThat(access.roles())
                .extracting(CallerAccess.Role::name)
                .containsExactly("Synapse Artifact User", "Synapse Compute Operator");
        assertThat(access.roles().getFirst().viaGroup()).contains(PARENT);
        assertThat(access.roles().getLast().viaGroup()).isEmpty();
        assertThat(access.limits()).containsExactly(new CallerAccess.Limit("b-own", "read", false));
    }

    @Test
    void showsGuardrailsThatUnknownGroupsMayBring() {
        CallerAccess access = CallerAccess.of(SNAPSHOT, ada(GroupMembership.unknown()));

        assertThat(access.roles())
                .extracting(CallerAccess.Role::name)
                .containsExactly("Synapse Compute Operator");
        assertThat(access.limits())
                .containsExactly(
                        new CallerAccess.Limit("a-members", "nothing", true),
                        new CallerAccess.Limit("b-own", "read", false));
    }

    @Test
    void whoEverMayDoNothingMayStillAskWhoTheyAre() throws Exception {
        AccessSnapshot closed =
                AccessSnapshot.builder(Scope.workspace("w"))
                        .id("s2")
                        .takenAt(NOW)
                        .guardrails(
                                List.of(
                                        new Guardrail(
                                                "shut", Set.of(ADA), Set.of(), false, List.of()),
                                        MEMBERS))
                        .build();
        BoundOperation whoAmI =
                OperationCatalogue.builtIn()
                        .resolve("GET", List.of(".stagedoor", "who-am-i"))
                        .orElseThrow()
                        .bind(Scope.workspace("w"), Map.of());
        BoundOperation ownRoles =
                OperationCatalogue.synapse()
                        .resolve("POST", List.of("rbac", "getMyAssignedRoles"))
                        .orElseThrow()
                        .bind(Scope.workspace("w"), Map.of());
        Authorizer authorizer = new Authorizer();
        Principal unknown = ada(GroupMembership.unknown());

        assertThat(authorizer.decide(closed, unknown, whoAmI, NOW)).isInstanceOf(Permit.class);
        assertThat(authorizer.decide(closed, unknown, ownRoles, NOW))
                .isInstanceOf(Deny.OutsideGuardrail.class);
    }

    @Test
    void theCallsThatAreTheProxysOwnAreReserved() {
        assertThat(OperationCatalogue.builtIn().operations())
                .allSatisfy(
                        operation -> {
                            assertThat(operation.path().toString())
                                    .startsWith("/" + OperationCatalogue.RESERVED + "/");
                            assertThat(operation.isSelfService()).isTrue();
                        });
        assertThat(OperationCatalogue.synapse().operations())
                .noneMatch(
                        operation ->
                                operation.path().toString().contains(OperationCatalogue.RESERVED));
    }
}
