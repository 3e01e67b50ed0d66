package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.ScopeRule.WhenAbsent;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleDefinition;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue against a second record of the documented calls, line by line. */
class DocumentedOperationsTest {

    private static final OperationCatalogue CATALOGUE = OperationCatalogue.synapse();

    static Stream<Arguments> documented() {
        return TestTable.rows("documented-operations.txt").stream()
                .map(row -> Arguments.of(row.get(0), row.get(1), row.get(2), row.get(3)));
    }

    @ParameterizedTest(name = "{0}: {1} needs {3}")
    @MethodSource("documented")
    void listsEachDocumentedCallWithWhatItNeeds(
            String name, String call, String effect, String requires) {
        Operation operation = CATALOGUE.operation(name).orElseThrow();

        assertThat(operation.method() + " " + documentedPath(operation)).isEqualTo(call);
        assertThat(operation.effect().name()).isEqualToIgnoringCase(effect);
        assertThat(documentedRequirements(operation)).isEqualTo(requires);
    }

    @ParameterizedTest(name = "{0} is found by its own path")
    @MethodSource("documented")
    void resolvesEachDocumentedCallByItsOwnPath(String name) {
        Operation operation = CATALOGUE.operation(name).orElseThrow();
        Map<String, String> names =
                operation.path().parameters().stream()
                        .collect(Collectors.toMap(Function.identity(), one -> "Name of " + one));
        List<String> path = List.of(operation.path().render(names).substring(1).split("/"));

        Optional<MatchedOperation> found = resolve(operation, path);

        assertThat(found).contains(new MatchedOperation(operation, names));
        assertThat(resolve(operation, path.stream().map(DocumentedOperationsTest::swap).toList()))
                .map(MatchedOperation::operation)
                .contains(operation);
    }

    @Test
    void holdsTheHundredAndFortyEightDocumentedCallsAndNoOther() {
        Set<String> documented =
                TestTable.rows("documented-operations.txt").stream()
                        .map(List::getFirst)
                        .collect(Collectors.toSet());

        assertThat(documented).hasSize(148);
        assertThat(CATALOGUE.operations())
                .extracting(Operation::name)
                .containsExactlyInAnyOrderElementsOf(documented);
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

    private static Optional<MatchedOperation> resolve(Operation operation, List<String> path) {
        return CATALOGUE.resolve(
                operation.method(),
                path,
                parameter ->
                        operation
                                .path()
                                .condition()
                                .filter(condition -> condition.parameter().equals(parameter))
                                .map(PathTemplate.QueryCondition::value));
    }

    /** Swaps upper and lower case, so that no literal stands as documented. */
    private static String swap(String text) {
        return text.chars()
                .map(
                        c ->
                                Character.isUpperCase(c)
                                        ? Character.toLowerCase(c)
                                        : Character.toUpperCase(c))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** The documents write the tail as if it were one segment. */
    private static String documentedPath(Operation operation) {
        return operation.path().toString().replace("*}", "}");
    }

    private static String documentedRequirements(Operation operation) {
        String requirements =
                operation.requirements().stream()
                        .flatMap(requirement -> documented(requirement).stream())
                        .collect(Collectors.joining(" & "));
        return requirements.isEmpty() ? "none" : requirements;
    }

    private static Optional<String> documented(Requirement requirement) {
        String action = requirement.action().shortName();
        return switch (requirement.scope()) {
            case ScopeRule.AtRoot _ -> Optional.of(action + " @ W");
            case ScopeRule.Anywhere _ -> Optional.of(action + " @ W");
            case ScopeRule.AtItem(var type, var name) ->
                    Optional.of(action + " @ W/" + type.segment() + "/" + documented(name));
            case ScopeRule.AtScope(ScopeInput.BodyField field, var _) ->
                    Optional.of(action + " @ {body." + field.pointer().substring(1) + "}");
            // the old scope of an assignment that exists (S44) is ours, not the documents'
            case ScopeRule.AtScope(var _, WhenAbsent whenAbsent) ->
                    whenAbsent == WhenAbsent.NOTHING
                            ? Optional.empty()
                            : Optional.of(action + " @ {assignment.scope}");
        };
    }

    private static String documented(NameSource name) {
        return switch (name) {
            case NameSource.Constant(String constant) -> constant;
            case NameSource.PathParameter(String parameter) -> "{" + parameter + "}";
            case NameSource.Input _ -> "{name}";
        };
    }
}
