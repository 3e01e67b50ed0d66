package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.PathTemplate.Segment;
import io.stagedoor.policy.role.BuiltInRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue of Tableau against a second record of the documented calls, line by line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableauOperationsTest {

    private static final OperationCatalogue CATALOGUE = OperationCatalogue.tableau();
    private static final String ADMIN = "roleAssignments/write";
    private static final String EXPORT = "linkedServices/useSecret/action";

    /** What only looks at, or reports on, things of the caller's own. */
    private static final Set<String> OWN_AFFAIRS =
            Set.of(
                    "initiate_file_upload",
                    "append_to_file_upload",
                    "create_metric_tag_for_user",
                    "delete_metric_tag",
                    "update_pulse_user_preferences",
                    "hide_a_recommendation_for_a_view",
                    "unhide_a_recommendation_for_a_view");

    record Documented(String name, String call, String kind, Set<String> marks, String scope) {
        boolean has(String mark) {
            return marks.contains(mark);
        }
    }

    private static List<Documented> record() {
        return TestTable.rows("documented-tableau.txt").stream()
                .map(
                        row ->
                                new Documented(
                                        row.get(0),
                                        row.get(1),
                                        row.get(2),
                                        Set.of(row.get(3).split(",")),
                                        row.get(4)))
                .toList();
    }

    Stream<Arguments> documented() {
        return record().stream().map(row -> Arguments.of(row.name(), row));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documented")
    void listsEachDocumentedCallWithItsMarks(String name, Documented row) {
        Operation operation = operation(name);
        OperationTraits traits = operation.traits();

        assertThat(operation.method() + " " + shapeOf(operation.path()))
                .isEqualTo(callOf(row.call()));
        assertThat(traits.list()).isEqualTo(row.has("list"));
        assertThat(traits.upstreamScopes())
                .isEqualTo(row.scope().equals("-") ? Set.of() : Set.of(row.scope()));
        assertThat(operation.isServedByScopedSession()).isEqualTo(!row.scope().equals("-"));
        assertThat(traits.has(OperationFlag.EXPORTS_DATA) || !row.has("exports-data")).isTrue();
        assertThat(traits.has(OperationFlag.HOLDS_SECRETS) || !row.has("holds-secrets")).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documented")
    void requiresOfEachDocumentedCallWhatItsKindMeans(String name, Documented row) {
        Operation operation = operation(name);
        Set<String> actions = actionsOf(operation);

        switch (row.kind()) {
            case "view" -> {
                assertThat(operation.effect()).isEqualTo(Effect.READ);
                assertThat(actions).isSubsetOf("read", "artifacts/read", EXPORT, ADMIN);
            }
            case "trigger" -> {
                assertThat(operation.effect()).isEqualTo(Effect.EXECUTE);
                assertThat(actions)
                        .isIn(
                                Set.of("integrationRuntimes/useCompute/action", EXPORT),
                                Set.of("cancelPipelineRun/action"),
                                Set.of(ADMIN));
            }
            case "admin" -> assertThat(operation.isUnmapped() || actions.contains(ADMIN)).isTrue();
            case "modify" -> {
                assertThat(operation.effect().isStateChanging()).isTrue();
                assertThat(
                                operation.isUnmapped()
                                        || actions.stream().anyMatch(TableauOperationsTest::changes)
                                        || operation.kind().equals("favorite")
                                        || OWN_AFFAIRS.contains(name))
                        .isTrue();
            }
            default -> {
                assertThat(row.kind()).isEqualTo("auth");
                assertThat(actions).isEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0} is found by its own path, in any case of its letters")
    @MethodSource("documented")
    void resolvesEachDocumentedCallByItsOwnPath(String name, Documented row) {
        Operation operation = operation(name);
        String expected = operation.traits().twinOf().orElse(name);
        Map<String, String> names = namesIn(operation);
        List<String> path = DocumentedCalls.segmentsOf(operation, names);

        assertThat(resolve(operation, path)).map(one -> one.operation().name()).contains(expected);
        assertThat(resolve(operation, DocumentedCalls.inOtherCase(path)))
                .map(one -> one.operation().name())
                .contains(expected);
    }

    @Test
    void holdsTheDocumentedCallsAndNoOther() {
        assertThat(record()).hasSize(570);
        assertThat(CATALOGUE.platform()).isEqualTo(Platform.TABLEAU);
        assertThat(CATALOGUE.operations())
                .extracting(Operation::name)
                .containsExactlyInAnyOrderElementsOf(
                        record().stream().map(Documented::name).toList());
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
                                Effect.READ, 218L,
                                Effect.WRITE, 153L,
                                Effect.DELETE, 83L,
                                Effect.EXECUTE, 11L,
                                Effect.GRANT, 37L,
                                Effect.REVOKE, 54L,
                                Effect.SECRET, 14L));
    }

    @Test
    void asksForTheSecretWhereverDataLeaves() {
        assertThat(CATALOGUE.operations())
                .filteredOn(one -> one.traits().has(OperationFlag.EXPORTS_DATA))
                .isNotEmpty()
                .allSatisfy(
                        one -> {
                            Map<String, ScopeRule> scopes =
                                    one.requirements().stream()
                                            .collect(
                                                    Collectors.toMap(
                                                            each -> each.action().shortName(),
                                                            Requirement::scope));
                            assertThat(scopes).containsOnlyKeys("artifacts/read", EXPORT);
                            assertThat(scopes.get(EXPORT)).isEqualTo(scopes.get("artifacts/read"));
                        });
    }

    @Test
    void leavesUnmappedWhateverHandsOutSecretsAndKnowsWhichWritesHoldSome() {
        List<String> open =
                names(one -> one.traits().has(OperationFlag.HOLDS_SECRETS) && !one.isUnmapped());

        assertThat(names(one -> one.effect() == Effect.SECRET))
                .containsExactlyInAnyOrder(
                        "sign_in",
                        "switch_site",
                        "create_connected_app_secret",
                        "get_connected_app_secret",
                        "create_connected_app_secret_old",
                        "get_connected_app_secret_old",
                        "download_data_source_encrypted_keychain",
                        "download_flow_encrypted_keychain",
                        "download_workbook_encrypted_keychain",
                        "download_user_credentials",
                        "create_scim_token",
                        "trusted_ticket",
                        "embed_connected_app_auth",
                        "tableau_oauth_token")
                .allMatch(name -> name.equals("sign_in") || operation(name).isUnmapped());
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "sign_in",
                        "publish_workbook",
                        "publish_data_source",
                        "publish_flow",
                        "publish_virtual_connection",
                        "update_data_source_connection",
                        "update_data_source_connections",
                        "update_flow_connection",
                        "update_flow_connections",
                        "update_workbook_connection",
                        "update_workbook_connections",
                        "update_virtual_connection_database_connections",
                        "update_virtual_connection_database_connections_old",
                        "create_openid_connect_configuration",
                        "update_openid_connect_configuration");
    }

    @Test
    void answersNothingButSessionsItself() {
        assertThat(names(Operation::isSelfService))
                .containsExactlyInAnyOrder("sign_in", "sign_out", "get_current_server_session");
        assertThat(names(one -> one.traits().has(OperationFlag.BEFORE_SIGN_IN)))
                .containsExactlyInAnyOrder("sign_in", "server_info");
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
    void checksTheSiteOfEveryPathThatNamesOne() {
        assertThat(CATALOGUE.operations())
                .filteredOn(one -> one.path().toString().matches(".*/sites?/\\{.*"))
                .hasSizeGreaterThan(390)
                .allMatch(one -> one.traits().rootReferences().size() == 1);
    }

    @Test
    void letsTheLiteralWinInEveryPairOfPathsThatMeet() {
        List<Operation> told =
                CATALOGUE.operations().stream()
                        .filter(one -> one.traits().twinOf().isEmpty())
                        .filter(one -> one.path().condition().isEmpty())
                        .toList();
        List<String> met = new ArrayList<>();

        for (Operation literal : told) {
            List<String> path = DocumentedCalls.segmentsOf(literal, namesIn(literal));
            for (Operation general : told) {
                if (!general.equals(literal)
                        && general.method().equals(literal.method())
                        && accepts(general.path(), path)) {
                    met.add(literal.name() + " before " + general.name());
                    assertThat(CATALOGUE.resolve(literal.method(), path))
                            .map(MatchedOperation::operation)
                            .contains(literal);
                }
            }
        }
        assertThat(met)
                .containsExactlyInAnyOrder(
                        "get_flow_runs before query_flow",
                        "batch_delete_data_quality_warnings"
                                + " before delete_data_quality_warning_by_id");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/3.27/sites/S/workbooks, true",
        "GET, /api/2.4/serverInfo, true",
        "GET, /api/123.456/serverInfo, true",
        "GET, /api/3/serverInfo, false",
        "GET, /api/3.27.1/serverInfo, false",
        "GET, /api/1234.1/serverInfo, false",
        "GET, /api/3.x/serverInfo, false",
        "GET, /api/.1/serverInfo, false",
        "GET, /api/-/serverInfo, false",
        "GET, /api/exp/sites/S/workbooks, false",
        "GET, /api/-/collections, true",
        "GET, /api/3.27/collections, false",
        "PUT, /api/3.27/sites/S/tags:batchcreate, true",
        "DELETE, /api/3.27/sites/S/TAGS:BATCHDELETE, true",
        "PUT, /api/3.27/sites/S/flows/F/applykeychain, true",
        "POST, /api/3.27/sites/S/datasources/D, false",
        "HEAD, /api/3.27/sites/S/workbooks, false",
        "GET, /manual/workbooks, false",
        "POST, /vizportal/api/rest/v1/x, false",
        "GET, /t/x/views/a/b/c, false",
        "GET, /sitemap, false",
    })
    void knowsADocumentedCallFromOthers(String method, String path, boolean known) {
        List<String> segments = List.of(path.substring(1).split("/"));

        assertThat(CATALOGUE.resolve(method, segments).isPresent()).isEqualTo(known);
    }

    private static boolean accepts(PathTemplate template, List<String> path) {
        List<Segment> segments = template.segments();
        if (segments.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            String word = path.get(i);
            boolean fits =
                    switch (segments.get(i)) {
                        case Segment.Literal(String text) -> text.equalsIgnoreCase(word);
                        case Segment.Placeholder(var _, SegmentForm form) -> form.accepts(word);
                        case Segment.Tail _ -> true;
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static Optional<MatchedOperation> resolve(Operation operation, List<String> path) {
        return new DocumentedCalls(CATALOGUE, "S").resolve(operation, path);
    }

    private static Map<String, String> namesIn(Operation operation) {
        return operation.path().parameters().stream()
                .collect(
                        Collectors.toMap(
                                one -> one,
                                one -> one.equals("api_version") ? "3.27" : "Name of " + one));
    }

    /** The documents do not say how a version looks. */
    private static String shapeOf(PathTemplate path) {
        return path.shape().replace("{version}", "{}");
    }

    private static String callOf(String call) {
        int space = call.indexOf(' ');
        return call.substring(0, space)
                + " "
                + shapeOf(PathTemplate.parse(call.substring(space + 1)));
    }

    private static boolean changes(String action) {
        return action.endsWith("/write") || action.endsWith("/delete");
    }

    private static Set<String> actionsOf(Operation operation) {
        return operation.requirements().stream()
                .map(each -> each.action().shortName())
                .collect(Collectors.toSet());
    }

    private static Operation operation(String name) {
        return CATALOGUE.operation(name).orElseThrow();
    }

    private static List<String> names(Predicate<Operation> wanted) {
        return CATALOGUE.operations().stream().filter(wanted).map(Operation::name).toList();
    }
}
