package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleDefinition;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalogue against a second record of the documented calls, line by line. */
class DocumentedOperationsTest extends SecondRecord {

    private static final OperationCatalogue CATALOGUE = OperationCatalogue.synapse();

    DocumentedOperationsTest() {
        super(new DocumentedCalls(CATALOGUE, "W"), "documented-operations.txt", 148);
    }

    @Test
    void countsByEffect() {
        Map<Effect, Long> counts =
                CATALOGUE.operations().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Operation::effect, TreeMap::new, Collectors.counting()));

        assertThat(counts)
                .isEqualTo(
                        Map.of(
                                Effect.READ, 72L,
                                Effect.WRITE, 29L,
                                Effect.DELETE, 15L,
                                Effect.EXECUTE, 27L,
                                Effect.GRANT, 2L,
                                Effect.REVOKE, 2L,
                                Effect.SECRET, 1L));
    }

    @ParameterizedTest
    @EnumSource(Effect.class)
    void takesEveryEffectButReadingForAChange(Effect effect) {
        assertThat(effect.isStateChanging()).isEqualTo(effect != Effect.READ);
    }

    @Test
    void requiresNoActionThatNoRoleHolds() {
        assertThat(requiredActions())
                .allSatisfy(
                        action ->
                                assertThat(BuiltInRoles.all())
                                        .as(action.name())
                                        .anyMatch(role -> role.actions().contains(action)));
    }

    @Test
    void reachesEveryActionOfEveryRoleOrSaysWhyNot() {
        Map<String, String> reasons =
                TestTable.rows("unreached-actions.txt").stream()
                        .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
        Set<Action> unreached =
                BuiltInRoles.all().stream()
                        .map(RoleDefinition::actions)
                        .flatMap(set -> set.actions().stream())
                        .collect(Collectors.toSet());
        unreached.removeAll(requiredActions());

        assertThat(unreached)
                .extracting(Action::shortName)
                .containsExactlyInAnyOrderElementsOf(reasons.keySet());
        assertThat(reasons.values()).allMatch(reason -> reason.length() > 20);
    }

    @Test
    void leavesUnmappedExactlyWhatNoActionCovers() {
        assertThat(names(Operation::isUnmapped))
                .containsExactlyInAnyOrder(
                        "Metastore_Register",
                        "Metastore_GetDatabaseOperations",
                        "Metastore_Update",
                        "Metastore_Delete",
                        "WorkspaceGitRepoManagement_GetGitHubAccessToken");
        assertThat(names(Operation::isSelfService))
                .containsExactly("RoleAssignments_GetCallerRoleAssignments(legacy)");
    }

    private static List<String> names(Predicate<Operation> wanted) {
        return CATALOGUE.operations().stream().filter(wanted).map(Operation::name).toList();
    }

    private static Set<Action> requiredActions() {
        return CATALOGUE.operations().stream()
                .map(Operation::requirements)
                .flatMap(Collection::stream)
                .map(Requirement::action)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
