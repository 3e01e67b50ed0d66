package io.stagedoor.config.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.place.KnownServices;
import io.stagedoor.config.section.Loaded;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.policy.decision.Guardrail;
import io.stagedoor.policy.decision.ResourceKind;
import io.stagedoor.policy.decision.RunRule;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.scope.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessReaderTest {

    private static final String TENANT = "0b1f7e3c-0000-4000-8000-0000000000aa";
    private static final String TENANT2 = "0b1f7e3c-0000-4000-8000-0000000000bb";
    private static final String ALICE = "829ae9c5-0000-4000-8000-000000000001";
    private static final String TEAM = "829ae9c5-0000-4000-8000-000000000002";
    private static final String ALL = "829ae9c5-0000-4000-8000-000000000003";
    private static final KnownServices WS1 = known(Map.of("ws1", TENANT), true);

    private static final String WHOLE =
            """
            assignments:
              - principal: ALICE
                role: Synapse Contributor
                scope: workspaces/ws1
              - principal: TEAM
                role: synapse compute operator
                scope: workspaces/ws1/bigDataPools/small
            groups:
              - id: TEAM
                members: [ALICE]
              - id: ALL
                members: [TEAM, ALICE]
              - id: ALICE
                members: [ALL]
            guardrails:
              - name: nightly
                applies_to:
                  groups: [TEAM]
                  principals: [ALICE]
                  client_applications: [agent-1]
                may:
                  read: true
                  run:
                    pipelines: [daily, nightly load]
                    notebooks: [check]
                    pools: [small]
            """;

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    private static KnownServices known(Map<String, String> tenants, boolean countsDeclared) {
        Map<Scope, KnownServices.Known> known = new java.util.HashMap<>();
        tenants.forEach(
                (name, tenant) ->
                        known.put(
                                Scope.workspace(name),
                                new KnownServices.Known(Optional.of(tenant), countsDeclared)));
        return new KnownServices(known, true);
    }

    @Test
    void fileHasTheseKeys() {
        String assignments =
                "[{principal: '" + ALICE + "', role: Synapse User, scope: workspaces/ws1}]";
        String groups = "[{id: '" + TEAM + "', members: ['" + ALICE + "']}]";
        String guardrails =
                "[{name: g, applies_to: {client_applications: [x]}, may: {read: true}}]";
        KeyTable.of(folder, () -> new AccessReader("f", WS1))
                .optional("assignments", it -> it.assignments().size(), 0, assignments, 1)
                .optional(
                        "groups", it -> it.memberOf().keySet(), Set.of(), groups, Set.of(id(ALICE)))
                .optional("guardrails", it -> it.guardrails().size(), 0, guardrails, 1)
                .oneOfTheseNeeded("tenant", TENANT)
                .verify();
    }

    @Test
    void assignmentHasTheseKeys() {
        KeyTable.of(folder, () -> new AssignmentReader("f", WS1, tenants(WS1)))
                .required("principal", ALICE, it -> it.principal().objectId(), ALICE)
                .required(
                        "role",
                        "Synapse User",
                        RoleAssignment::roleDefinitionId,
                        BuiltInRoles.byName("Synapse User").orElseThrow().id())
                .required("scope", "workspaces/WS1", RoleAssignment::scope, Scope.workspace("ws1"))
                .optional("tenant", it -> it.principal().tenant(), TENANT, TENANT2, TENANT2)
                .verify();
    }

    @Test
    void groupHasTheseKeys() {
        KeyTable.of(folder, () -> new GroupReader(tenants(WS1)))
                .required("id", TEAM, it -> it.id().objectId(), TEAM)
                .required("members", "['" + ALICE + "']", it -> it.members().size(), 1)
                .optional("tenant", it -> it.id().tenant(), TENANT, TENANT2, TENANT2)
                .verify();
    }

    @Test
    void guardrailHasTheseKeys() {
        KeyTable.of(folder, () -> new GuardrailReader(tenants(WS1)))
                .required("name", "nightly agent", Guardrail::name, "nightly agent")
                .required(
                        "applies_to",
                        "{principals: ['" + ALICE + "']}",
                        Guardrail::principals,
                        Set.of(id(ALICE)))
                .required("may", "{read: true}", Guardrail::mayRead, true)
                .verify();
    }

    @Test
    void readsAWholeFile() {
        Loaded<DeclaredAccess> loaded = AccessLoader.load(write(WHOLE), WS1);

        assertThat(loaded.problems()).isEmpty();
        DeclaredAccess access = loaded.value().orElseThrow();
        assertThat(access.assignments())
                .extracting(RoleAssignment::source)
                .containsExactly("access.yaml:2:5", "access.yaml:5:5");
        assertThat(access.assignments().get(1).scope())
                .isEqualTo(Scope.parse("workspaces/ws1/bigDataPools/small"));
        assertThat(access.memberOf())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                id(ALICE), Set.of(id(TEAM), id(ALL)),
                                id(TEAM), Set.of(id(ALL)),
                                id(ALL), Set.of(id(ALICE))));
        assertThat(access.guardrails())
                .containsExactly(
                        new Guardrail(
                                "nightly",
                                Set.of(id(ALICE)),
                                Set.of("agent-1"),
                                true,
                                List.of(
                                        rule(ResourceKind.PIPELINE, "daily", "nightly load"),
                                        rule(ResourceKind.NOTEBOOK, "check"),
                                        rule(ResourceKind.POOL, "small")),
                                Set.of(id(TEAM))));
    }

    @Test
    void namesAnAssignmentByWhatItSaysAndNotByWhereItStands() {
        String first = assignment("Synapse User", "workspaces/ws1");
        String other = assignment("Synapse Administrator", "workspaces/ws1");
        String same = assignment("synapse user", "Workspaces/WS1");

        String id = ids(first).getFirst();

        assertThat(ids(other + first).getLast()).isEqualTo(id);
        assertThat(ids(other + first).getFirst()).isNotEqualTo(id);
        assertThat(ids(same).getFirst()).isEqualTo(id);
        assertThat(PrincipalId.isGuid(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Synapse Administrator",
                "Workspace Admin",
                "synapse administrator",
                "6e4bf58a-b8e1-4cc3-bbf9-d73143322b78",
                "6E4BF58A-B8E1-4CC3-BBF9-D73143322B78"
            })
    void findsARoleByNameAliasOrId(String role) {
        var loaded = read("assignments:\n" + assignment(role, "workspaces/ws1"));

        assertThat(loaded.value().orElseThrow().assignments().getFirst().roleDefinitionId())
                .isEqualTo("6e4bf58a-b8e1-4cc3-bbf9-d73143322b78");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Synapse Contributer   | did you mean `Synapse Contributor`?
                    contributor2          | did you mean `Synapse Contributor`?
                    Owner                 | the roles are `Apache Spark Administrator`
                    """)
    void refusesAnUnknownRole(String role, String help) {
        var problem =
                read("assignments:\n" + assignment(role, "workspaces/ws1")).problems().getFirst();

        assertThat(problem.message())
                .isEqualTo("assignments[0].role: there is no role `" + role + "`");
        assertThat(problem.help()).startsWith(help);
        assertThat(problem.line()).isEqualTo(3);
        assertThat(problem.column()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    workspaces/ws1/sparkPools/p   | `workspaces/ws1/sparkPools/p` is not a scope
                    workspaces/ws1/bigDataPool/p  | `workspaces/ws1/bigDataPool/p` is not a scope
                    workspaces/ws1/*              | `workspaces/ws1/*` is not a scope
                    /workspaces/ws1               | `/workspaces/ws1` is not a scope
                    workspaces/ws1/               | `workspaces/ws1/` is not a scope
                    workspaces                    | `workspaces` is not a scope
                    workspaces/ws2                | no service `workspaces/ws2` is configured
                    factories/f1                  | no service `factories/f1` is configured
                    workspaces/ws1/bigDataPools/p | the role `Synapse Artifact User` is not assignable at such a scope
                    """)
    void refusesTheScope(String scope, String message) {
        String text = "assignments:\n" + assignment("Synapse Artifact User", scope);

        assertThat(folder.problems(text, new AccessReader("f", WS1)))
                .containsExactly("4:12: assignments[0].scope: " + message);
    }

    @Test
    void helpsWithAMisspeltItemType() {
        assertThat(
                        read("assignments:\n"
                                        + assignment(
                                                "Synapse User", "workspaces/ws1/bigDataPool/p"))
                                .problems()
                                .getFirst()
                                .help())
                .startsWith("did you mean `bigDataPools`?");
    }

    @Test
    void saysWhereARoleMayBeAssigned() {
        String text =
                "assignments:\n"
                        + assignment("Synapse Credential User", "workspaces/ws1/bigDataPools/p");

        assertThat(read(text).problems().getFirst().help())
                .isEqualTo(
                        "assign it at `workspaces/ws1` or `workspaces/ws1/credentials/<name>` or"
                                + " `workspaces/ws1/linkedServices/<name>`");
    }

    @ParameterizedTest
    @CsvSource({"alice@contoso.com", "Data Team", "00uAbC", "829ae9c500004000800000000001"})
    void refusesANameInPlaceOfAnObjectId(String name) {
        String text =
                "assignments:\n"
                        + assignment("Synapse User", "workspaces/ws1").replace(ALICE, name);

        assertThat(folder.problems(text, new AccessReader("f", WS1)))
                .singleElement()
                .asString()
                .startsWith("2:16: assignments[0].principal: ")
                .contains("`" + name + "` is not ");
    }

    @Test
    void takesOtherIdsInADirectoryThatIsNotEntra() {
        String text =
                "tenant: okta\nassignments:\n"
                        + assignment("Synapse User", "workspaces/ws1").replace(ALICE, "00uAbC");

        assertThat(read(text).value().orElseThrow().assignments().getFirst().principal())
                .isEqualTo(PrincipalId.of("okta", "00uAbC"));
    }

    @Test
    void takesTheWorkspacesTenantUnlessTheFileOrTheEntryNamesOne() {
        KnownServices two = known(Map.of("ws1", TENANT, "ws2", TENANT2), true);
        String entry = assignment("Synapse User", "workspaces/ws2");

        assertThat(tenantOf("assignments:\n" + entry, two)).isEqualTo(TENANT2);
        assertThat(tenantOf("tenant: t3\nassignments:\n" + entry, two)).isEqualTo("t3");
        assertThat(tenantOf("tenant: t3\nassignments:\n" + entry + "    tenant: t4\n", two))
                .isEqualTo("t4");
    }

    @Test
    void refusesAGroupWhoseTenantDoesNotFollow() {
        KnownServices two = known(Map.of("ws1", TENANT, "ws2", TENANT2), true);
        String text = "groups: [{id: '" + TEAM + "', members: ['" + ALICE + "']}]";

        assertThat(folder.problems(text, new AccessReader("f", two)))
                .containsExactly(
                        "1:10: groups[0].tenant: the tenant does not follow from the workspaces");
    }

    @Test
    void refusesWhatIsDeclaredTwice() {
        String entry = assignment("Synapse User", "workspaces/ws1");
        String text =
                "assignments:\n"
                        + entry
                        + entry
                        + """
                        groups:
                          - {id: TEAM, members: [ALICE]}
                          - {id: TEAM, members: [ALL]}
                        guardrails:
                          - {name: a, applies_to: {principals: [ALICE]}, may: {}}
                          - {name: a, applies_to: {principals: [ALICE]}, may: {}}
                        """;

        assertThat(folder.problems(withIds(text), new AccessReader("f", WS1)))
                .containsExactly(
                        "5:16: assignments[1].principal: this assignment stands already at 2:5",
                        "10:10: groups[1].id: this group is declared already, at 9:10",
                        "13:12: guardrails[1].name: the guardrail name `a` is taken already, at"
                                + " 12:12");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {name: a, may: {}}                                     | 1:15: guardrails[0].applies_to: missing
                    {name: a, applies_to: {client_applications: [x]}}      | 1:15: guardrails[0].may: missing
                    {name: a, applies_to: {}, may: {}}                     | 1:37: guardrails[0].applies_to.principals: the guardrail applies to nobody
                    {name: a, applies_to: {principals: []}, may: {}}       | 1:50: guardrails[0].applies_to.principals: the list is empty
                    {name: a, applies_to: {principals: [me]}, may: {}}     | 1:51: guardrails[0].applies_to.principals[0]: `me` is not the object id of a principal (a GUID)
                    {name: a, applies_to: {client_applications: [x]}, may: {write: true}} | 1:71: unknown key `write` in guardrails[0].may
                    {name: a, applies_to: {client_applications: [x]}, may: {run: {pools: [a/b]}}} | 1:85: guardrails[0].may.run.pools[0]: `a/b` is not the name of a thing to run
                    {name: a, applies_to: {client_applications: [x]}, may: {run: {pipeline: [b]}}} | 1:77: unknown key `pipeline` in guardrails[0].may.run; did you mean `pipelines`?
                    {name: '', applies_to: {client_applications: [x]}, may: {}} | 1:22: guardrails[0].name: `` is not a name (1 to 64 letters, digits, spaces and `.`, `_`, `-`)
                    """)
    void refusesTheGuardrail(String entry, String problem) {
        assertThat(folder.problems("guardrails: [ " + entry + "]", new AccessReader("f", WS1)))
                .containsExactly(problem);
    }

    @Test
    void warnsOfAnAssignmentThatGivesNothingBecauseTheWorkspaceIsReadLive() {
        String text = "assignments:\n" + assignment("Synapse User", "workspaces/ws1");
        KnownServices live = known(Map.of("ws1", TENANT), false);

        assertThat(folder.warnings(text, new AccessReader("f", live)))
                .containsExactly(
                        "4:12: assignments[0].scope: the role assignments of `workspaces/ws1`"
                                + " come from the live workspace alone, so this one gives nothing");
        assertThat(folder.warnings(text, new AccessReader("f", WS1))).isEmpty();
    }

    @Test
    void takesAnyWorkspaceIfNoneIsKnown() {
        String text = "tenant: t\nassignments:\n" + assignment("Synapse User", "workspaces/ws9");

        var loaded = AccessLoader.load(folder.write("a.yaml", text), KnownServices.unknown());

        assertThat(loaded.value().orElseThrow().assignments()).hasSize(1);
    }

    private static Tenants tenants(KnownServices services) {
        return new Tenants(
                new io.stagedoor.config.section.Setting.Good<>(
                        Optional.empty(), io.stagedoor.config.text.Position.START),
                services);
    }

    private Path write(String text) {
        return folder.write("access.yaml", withIds(text));
    }

    private static String withIds(String text) {
        return text.replace("ALICE", ALICE).replace("TEAM", TEAM).replace("ALL", ALL);
    }

    private Loaded<DeclaredAccess> read(String text) {
        return folder.read(text, new AccessReader("f", WS1));
    }

    private List<String> ids(String entries) {
        return read("assignments:\n" + entries).value().orElseThrow().assignments().stream()
                .map(RoleAssignment::id)
                .toList();
    }

    private String tenantOf(String text, KnownServices services) {
        return folder.read(text, new AccessReader("f", services))
                .value()
                .orElseThrow()
                .assignments()
                .getFirst()
                .principal()
                .tenant();
    }

    private static String assignment(String role, String scope) {
        return "  - principal: " + ALICE + "\n    role: " + role + "\n    scope: " + scope + "\n";
    }

    private static RunRule rule(ResourceKind kind, String... names) {
        return new RunRule(kind, Set.of(names));
    }

    private static PrincipalId id(String object) {
        return PrincipalId.of(TENANT, object);
    }
}
