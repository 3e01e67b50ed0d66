package io.stagedoor.proxy.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.RootType;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.policy.scope.ScopeType;
import io.stagedoor.proxy.directory.testing.Listed;
import io.stagedoor.proxy.directory.testing.PagedWorkspace;
import io.stagedoor.proxy.directory.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoleBookTest {

    private static final String NEW_ROLE = Listed.guid("abcdef01", 1);

    private final TestClock clock = new TestClock();
    private PagedWorkspace workspace;
    private RoleBook book;

    @BeforeEach
    void open() throws Exception {
        workspace = new PagedWorkspace(clock);
        book = new RoleBook("ws1", workspace.api(), clock);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void usesTheBuiltInRolesUntilTheLiveOnesCanBeRead() {
        Roles roles = book.rolesFor(List.of());

        assertThat(roles).isEqualTo(Roles.BUILT_IN);
        assertThat(book.failure()).contains("the workspace answered status 500");
    }

    @Test
    void usesTheLiveRolesAndFindsNoDifferenceWhereThereIsNone() {
        workspace.definitions = live(role -> role);

        Roles roles = book.rolesFor(List.of());

        assertThat(roles.origin()).isEqualTo(Roles.Origin.LIVE);
        assertThat(roles.differences()).isEmpty();
        assertThat(roles.definitions())
                .usingRecursiveFieldByFieldElementComparatorOnFields("id", "name", "actions")
                .containsExactlyInAnyOrderElementsOf(BuiltInRoles.all());
    }

    @Test
    void saysHowTheLiveRolesDiffer() {
        String read = Action.read().name();
        String write = Action.ofShort("notebooks/write").name();
        workspace.definitions =
                live(role -> role.contains("\"Synapse User\"") ? role.replace(read, write) : role);

        Roles roles = book.rolesFor(List.of());

        assertThat(roles.differences())
                .containsExactlyInAnyOrder(
                        "role `Synapse User` also gives [notebooks/write]",
                        "role `Synapse User` no longer gives [read]");
    }

    @Test
    void saysWhichRolesAreNewAndWhichAreGone() {
        workspace.definitions = "[" + role(NEW_ROLE, "Brand New") + "]";

        Roles roles = book.rolesFor(List.of());

        assertThat(roles.differences())
                .contains(
                        "role `Brand New` is not built in",
                        "role `Synapse User` is built in and not listed")
                .hasSize(1 + BuiltInRoles.all().size());
        assertThat(roles.definitions()).extracting(RoleDefinition::id).containsExactly(NEW_ROLE);
    }

    @Test
    void asksOnceADay() {
        workspace.definitions = live(role -> role);
        book.rolesFor(List.of());

        clock.advance(RoleBook.KEPT.minusMillis(1));
        book.rolesFor(List.of());
        assertThat(workspace.definitionReadings).hasValue(1);
        clock.advance(Duration.ofMillis(1));
        book.rolesFor(List.of());

        assertThat(workspace.definitionReadings).hasValue(2);
    }

    @Test
    void asksSoonerWhenAnAssignmentNamesARoleItDoesNotKnow() {
        workspace.definitions = live(role -> role);
        List<RoleAssignment> unknown = List.of(assignmentOf(NEW_ROLE));
        book.rolesFor(unknown);

        clock.advance(RoleBook.UNKNOWN_ROLE_DISTANCE.minusMillis(1));
        book.rolesFor(unknown);
        assertThat(workspace.definitionReadings).hasValue(1);
        clock.advance(Duration.ofMillis(1));
        book.rolesFor(List.of(assignmentOf(Listed.CONTRIBUTOR)));
        assertThat(workspace.definitionReadings).hasValue(1);
        book.rolesFor(unknown);

        assertThat(workspace.definitionReadings).hasValue(2);
    }

    @Test
    void keepsTheLastLiveRolesWhenTheyCannotBeReadAgain() {
        workspace.definitions = "[" + role(NEW_ROLE, "Brand New") + "]";
        book.rolesFor(List.of());
        workspace.definitions = "[]";
        clock.advance(RoleBook.KEPT);

        Roles roles = book.rolesFor(List.of());

        assertThat(roles.definitions()).extracting(RoleDefinition::id).containsExactly(NEW_ROLE);
        assertThat(book.failure()).isPresent();
    }

    @Test
    void triesAgainSoonAfterAFailure() {
        book.rolesFor(List.of());
        workspace.definitions = live(role -> role);

        clock.advance(RoleBook.RETRY);
        Roles roles = book.rolesFor(List.of());

        assertThat(roles.origin()).isEqualTo(Roles.Origin.LIVE);
        assertThat(book.failure()).isEmpty();
    }

    private static RoleAssignment assignmentOf(String role) {
        return new RoleAssignment(
                "a1",
                role,
                PrincipalId.of(Listed.TENANT, Listed.guid("829ae9c5", 1)),
                Scope.workspace("ws1"),
                "live");
    }

    private static String live(UnaryOperator<String> change) {
        return BuiltInRoles.all().stream()
                .map(RoleBookTest::json)
                .map(change)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String json(RoleDefinition role) {
        List<String> actions = role.actions().actions().stream().map(Action::name).toList();
        List<String> scopes =
                role.assignableAt().stream()
                        .filter(RoleBookTest::isOfSynapse)
                        .map(RoleBookTest::template)
                        .toList();
        return role(role.id(), role.name(), quoted(actions), quoted(scopes));
    }

    /** The service lists its own scope types; the built-in roles speak for other roots too. */
    private static boolean isOfSynapse(ScopeType type) {
        return type == RootType.WORKSPACE
                || (type instanceof ItemType item && item != ItemType.PROJECT);
    }

    private static String template(ScopeType type) {
        return type == RootType.WORKSPACE
                ? "workspaces/{workspaceName}"
                : "workspaces/{workspaceName}/" + type.segment() + "/{name}";
    }

    private static String role(String id, String name) {
        return role(id, name, quoted(List.of(Action.read().name())), "");
    }

    private static String role(String id, String name, String actions, String scopes) {
        return "{\"id\":\""
                + id
                + "\",\"name\":\""
                + name
                + "\",\"isBuiltIn\":true,\"permissions\":[{\"dataActions\":["
                + actions
                + "]}],\"scopes\":["
                + scopes
                + "]}";
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(","));
    }
}
