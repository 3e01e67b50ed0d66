package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.scope.Scope;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue of Data Factory against a second record of the documented calls, line by line. */
class DataFactoryOperationsTest extends SecondRecord {

    private static final OperationCatalogue CATALOGUE = OperationCatalogue.dataFactory();
    private static final List<String> FACTORY =
            List.of(
                    "subscriptions",
                    "11111111-1111-1111-1111-111111111111",
                    "resourceGroups",
                    "rg1",
                    "providers",
                    "Microsoft.DataFactory",
                    "factories",
                    "f1");

    DataFactoryOperationsTest() {
        super(new DocumentedCalls(CATALOGUE, "F"), "documented-data-factory.txt", 104);
    }

    @Test
    void countsByEffect() {
        Map<Effect, Long> counts =
                CATALOGUE.operations().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Operation::effect, TreeMap::new, Collectors.counting()));

        assertThat(CATALOGUE.platform()).isEqualTo(Platform.DATA_FACTORY);
        assertThat(counts)
                .isEqualTo(
                        Map.of(
                                Effect.READ, 46L,
                                Effect.WRITE, 21L,
                                Effect.DELETE, 13L,
                                Effect.EXECUTE, 19L,
                                Effect.SECRET, 5L));
    }

    @Test
    void leavesUnmappedWhateverHandsOutTokensOrKeysOrMakesAFactory() {
        assertThat(names(operation -> operation.effect() == Effect.SECRET))
                .allMatch(name -> CATALOGUE.operation(name).orElseThrow().isUnmapped())
                .containsExactlyInAnyOrder(
                        "Factories_GetGitHubAccessToken",
                        "Factories_GetDataPlaneAccess",
                        "IntegrationRuntimes_GetConnectionInfo",
                        "IntegrationRuntimes_ListAuthKeys",
                        "IntegrationRuntimes_RegenerateAuthKey");
        assertThat(names(Operation::isUnmapped)).hasSize(21);
    }

    @Test
    void requiresNoActionThatNoRoleHolds() {
        assertThat(CATALOGUE.operations())
                .flatExtracting(Operation::requirements)
                .extracting(Requirement::action)
                .allSatisfy(
                        action ->
                                assertThat(BuiltInRoles.all())
                                        .as(action.name())
                                        .anyMatch(role -> role.actions().contains(action)));
    }

    @Test
    void bindsToTheFactoryAndItsItems() {
        Scope factory = Scope.parse("factories/f1");

        BoundOperation run = bound(factory, "POST", "pipelines", "nightly", "createRun");
        BoundOperation start = bound(factory, "POST", "integrationRuntimes", "SelfHosted", "start");

        assertThat(run.requirements())
                .extracting(BoundRequirement::toString)
                .contains(
                        "credentials/useSecret/action"
                                + " @ factories/f1/credentials/WorkspaceSystemIdentity");
        assertThat(run.resource("pipeline")).contains("nightly");
        assertThat(start.requirements())
                .extracting(BoundRequirement::toString)
                .containsExactly(
                        "integrationRuntimes/useCompute/action"
                                + " @ factories/f1/integrationRuntimes/SelfHosted");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void opensNothingElseOfTheResourceManagerApi(String method, String path) {
        List<String> segments = List.of(path.substring(1).split("/"));

        assertThat(CATALOGUE.resolve(method, segments)).isEmpty();
    }

    static Stream<Arguments> ways() {
        String factory = "/" + String.join("/", FACTORY);
        String group = "/subscriptions/1/resourceGroups/rg1";
        return Stream.of(
                Arguments.of("POST", "/batch"),
                Arguments.of("PUT", group + "/providers/Microsoft.Resources/deployments/d1"),
                Arguments.of("POST", "/providers/Microsoft.ResourceGraph/resources"),
                Arguments.of(
                        "PUT", factory + "/providers/Microsoft.Authorization/roleAssignments/1"),
                Arguments.of("GET", factory + "/providers/Microsoft.Authorization/permissions"),
                Arguments.of("POST", factory + "/cancelpipelinerun/1"),
                Arguments.of("POST", factory + "/pipelines/p1/sandbox/run"),
                Arguments.of("HEAD", factory),
                Arguments.of("DELETE", group),
                Arguments.of("GET", "/subscriptions/1/resources"),
                Arguments.of(
                        "PUT", group + "/providers/Microsoft.Synapse/workspaces/w1/pipelines/p"));
    }

    private static BoundOperation bound(Scope root, String method, String... below) {
        List<String> path = Stream.concat(FACTORY.stream(), Stream.of(below)).toList();
        return CATALOGUE.resolve(method, path).orElseThrow().bind(root, Map.of());
    }

    private static List<String> names(Predicate<Operation> wanted) {
        return CATALOGUE.operations().stream().filter(wanted).map(Operation::name).toList();
    }
}
