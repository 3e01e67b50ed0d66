package io.stagedoor.policy.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.RootType;
import io.stagedoor.policy.scope.ScopeType;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInRolesTest {

    private static final String ROLE =
            """
            role    Synapse User
            id      2a385764-43e8-416c-9825-7b18d05a2c4b
            alias   Reader
            at      workspaces bigDataPools
            action  read
            """;

    private static List<JsonNode> recordedRoles() {
        try (InputStream stream =
                Objects.requireNonNull(
                        BuiltInRolesTest.class.getResourceAsStream("recorded-roles.json"))) {
            return list(new ObjectMapper().readTree(stream).get("roles"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static List<String> texts(JsonNode array) {
        return list(array).stream().map(JsonNode::textValue).toList();
    }

    @Test
    void thereAreElevenAndNoMore() {
        assertThat(BuiltInRoles.all())
                .hasSize(11)
                .extracting(RoleDefinition::name)
                .containsExactlyElementsOf(
                        recordedRoles().stream()
                                .map(role -> role.get("name").textValue())
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("recordedRoles")
    void eachIsWhatTheServiceAnswered(JsonNode recorded) {
        RoleDefinition role = BuiltInRoles.byId(recorded.get("id").textValue()).orElseThrow();

        assertThat(role.name()).isEqualTo(recorded.get("name").textValue());
        assertThat(role.builtIn()).isTrue();
        assertThat(role.actions().actions())
                .extracting(Action::name)
                .containsExactlyInAnyOrderElementsOf(texts(recorded.get("actions")));
        assertThat(inWorkspaces(role))
                .isEqualTo(
                        texts(recorded.get("scopeTemplates")).stream()
                                .map(template -> ScopeType.ofTemplate(template).orElseThrow())
                                .collect(Collectors.toSet()));
    }

    private static Set<ScopeType> inWorkspaces(RoleDefinition role) {
        Set<ScopeType> types = new HashSet<>(role.assignableAt());
        types.removeAll(Set.of(RootType.FACTORY, RootType.SITE, ItemType.PROJECT));
        return types;
    }

    @ParameterizedTest
    @MethodSource("recordedRoles")
    void eachIsFoundByNameAndAlias(JsonNode recorded) {
        List<String> names = new java.util.ArrayList<>(texts(recorded.get("aliases")));
        names.add(recorded.get("name").textValue());

        assertThat(names)
                .allSatisfy(
                        name ->
                                assertThat(BuiltInRoles.byName(name.toUpperCase(Locale.ROOT)))
                                        .map(RoleDefinition::id)
                                        .contains(recorded.get("id").textValue()));
    }

    @Test
    void eachSpeaksForFactoriesSitesAndProjects() {
        assertThat(BuiltInRoles.all())
                .allSatisfy(
                        role ->
                                assertThat(role.assignableAt())
                                        .contains(
                                                RootType.FACTORY, RootType.SITE, ItemType.PROJECT));
    }

    @Test
    void eachActionIsHeldByTheAdministratorAndEachRoleHoldsRead() {
        RoleDefinition administrator = BuiltInRoles.byName("Synapse Administrator").orElseThrow();

        assertThat(administrator.actions()).isEqualTo(ActionSet.all());
        assertThat(BuiltInRoles.all()).allMatch(role -> role.actions().contains(Action.read()));
    }

    @DisplayName("S39: ids of GUID form compare without case")
    @Test
    void idsCompareWithoutCase() {
        assertThat(BuiltInRoles.byId("6E4BF58A-B8E1-4CC3-BBF9-D73143322B78"))
                .map(RoleDefinition::name)
                .contains("Synapse Administrator");
        assertThat(BuiltInRoles.byId("{6e4bf58a-b8e1-4cc3-bbf9-d73143322b78}")).isEmpty();
    }

    @Test
    void knowsNoOtherNames() {
        assertThat(BuiltInRoles.byName("Contributor")).isEmpty();
        assertThat(BuiltInRoles.byName("Owner")).isEmpty();
    }

    @Test
    void readsOneRoleFromText() {
        RoleTable table = parse(ROLE);

        assertThat(table.roles())
                .containsExactly(
                        new RoleDefinition(
                                "2a385764-43e8-416c-9825-7b18d05a2c4b",
                                "Synapse User",
                                ActionSet.of(Action.read()),
                                Set.of(RootType.WORKSPACE, ItemType.BIG_DATA_POOL),
                                true));
        assertThat(table.byName()).containsOnlyKeys("synapse user", "reader");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action pipelines/run|t:6: unknown action `pipelines/run`",
                "action READ|t:6: the action `READ` stands here twice",
                "at clusters|t:6: unknown scope type `clusters`",
                "at bigDataPools|t:6: the scope type `bigDataPools` stands here twice",
                "id 2a385764-43e8-416c-9825-7b18d05a2c4c|t:6: expected one id of GUID form, found"
                        + " `2a385764-43e8-416c-9825-7b18d05a2c4c`",
                "scope workspaces|t:6: `scope` is none of `role`, `id`, `alias`, `at`, `action`",
                "action|t:6: `action` has no value",
                "role Half|t:6: the role `Half` lacks id, at or action",
                "alias SYNAPSE USER|t:1: the name `SYNAPSE USER` stands here twice"
            })
    void complaintsNameTheLine(String line, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(ROLE + line))
                .withMessage(complaint);
    }

    @Test
    void complainsAboutAnIdThatStandsTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(ROLE + ROLE))
                .withMessage(
                        "t:6: the id `2a385764-43e8-416c-9825-7b18d05a2c4b` stands here twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id 2a385764-43e8-416c-9825-7b18d05a2c4b|t:1: expected `role` first",
                "alone|t:1: `alone` has no value"
            })
    void complainsAboutABadBeginning(String line, String complaint) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(line)).withMessage(complaint);
    }

    private static RoleTable parse(String text) {
        return RoleTable.parse(TextTable.read("t", new StringReader(text)), ActionTable.KNOWN);
    }
}
