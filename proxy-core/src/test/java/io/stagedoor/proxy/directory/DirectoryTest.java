package io.stagedoor.proxy.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.GroupOrigin;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.Directory.GroupSource;
import io.stagedoor.proxy.directory.testing.Listed;
import io.stagedoor.proxy.directory.testing.PagedWorkspace;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectoryTest {

    private static final PrincipalId ALICE = id(1);
    private static final PrincipalId TEAM = id(2);
    private static final PrincipalId DEPARTMENT = id(3);
    private static final PrincipalId FROM_TOKEN = id(4);
    private static final Declared DECLARED =
            Declared.of(
                    List.of(), Map.of(ALICE, Set.of(TEAM), TEAM, Set.of(DEPARTMENT)), List.of());

    private final TestClock clock = new TestClock();
    private PagedWorkspace workspace;

    @BeforeEach
    void open() throws Exception {
        workspace = new PagedWorkspace(clock);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void takesTheGroupsOfTheTokenAndAddsNone() throws Exception {
        Principal principal = principal(GroupSource.DECLARED, Optional.of(Set.of(FROM_TOKEN)));

        assertThat(principal.groups()).isEqualTo(GroupMembership.known(Set.of(FROM_TOKEN)));
    }

    @Test
    void takesNoGroupsForNoGroups() throws Exception {
        Principal principal = principal(GroupSource.DECLARED, Optional.of(Set.of()));

        assertThat(principal.groups()).isEqualTo(GroupMembership.known(Set.of()));
    }

    @Test
    void takesAllDeclaredGroupsWhenTheyAreComplete() throws Exception {
        Principal principal = principal(GroupSource.DECLARED, Optional.empty());

        assertThat(principal.groups()).isEqualTo(declared(TEAM, DEPARTMENT));
    }

    @Test
    void knowsThatSomebodyNotDeclaredIsInNoGroupWhenDeclarationsAreComplete() throws Exception {
        try (Directory directory = directory(GroupSource.DECLARED)) {
            Principal stranger =
                    directory.principalOf(
                            id(9), PrincipalKind.USER, Optional.empty(), Optional.empty());

            assertThat(stranger.groups()).isEqualTo(declared());
        }
    }

    @Test
    void saysThatGroupsAreUnknownRatherThanNone() throws Exception {
        Principal principal = principal(GroupSource.TOKEN, Optional.empty());

        assertThat(principal.groups()).isEqualTo(GroupMembership.unknown());
    }

    @Test
    void handsOnTheRestOfThePrincipalAsItIs() throws Exception {
        Principal principal = principal(GroupSource.TOKEN, Optional.empty());

        assertThat(principal.id()).isEqualTo(ALICE);
        assertThat(principal.kind()).isEqualTo(PrincipalKind.USER);
        assertThat(principal.clientApplication()).contains("app");
    }

    @Test
    void declaresForGroupsAndWorkspacesTogether() throws Exception {
        try (Directory directory = directory(GroupSource.DECLARED)) {
            directory.declare(Declared.of(List.of(), Map.of(ALICE, Set.of(id(5))), List.of()));

            Principal principal =
                    directory.principalOf(
                            ALICE, PrincipalKind.USER, Optional.empty(), Optional.empty());
            assertThat(principal.groups()).isEqualTo(declared(id(5)));
            assertThat(directory.snapshot("ws1").groupGraph().groupsOf(ALICE))
                    .containsExactly(id(5));
        }
    }

    @Test
    void givesEachWorkspaceItsOwnSnapshot() throws Exception {
        try (Directory directory = directory(GroupSource.TOKEN)) {
            assertThat(directory.snapshot("ws1").root()).isEqualTo(Scope.workspace("ws1"));
            assertThat(directory.snapshot("ws2").root()).isEqualTo(Scope.workspace("ws2"));
            assertThat(directory.workspace("ws2")).map(WorkspaceDirectory::name).contains("ws2");
            assertThat(directory.health())
                    .extracting(DirectoryHealth::workspace)
                    .containsExactly("ws1", "ws2");
        }
    }

    @Test
    void refusesAWorkspaceItDoesNotKnow() throws Exception {
        try (Directory directory = directory(GroupSource.TOKEN)) {
            assertThatThrownBy(() -> directory.snapshot("ws9"))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.code()).isEqualTo(Code.STALE_SNAPSHOT));
            assertThat(directory.workspace("ws9")).isEmpty();
        }
    }

    private static GroupMembership declared(PrincipalId... groups) {
        return new GroupMembership.Known(Set.of(groups), GroupOrigin.DECLARED);
    }

    private Principal principal(GroupSource source, Optional<Set<PrincipalId>> tokenGroups)
            throws Exception {
        try (Directory directory = directory(source)) {
            return directory.principalOf(
                    ALICE, PrincipalKind.USER, Optional.of("app"), tokenGroups);
        }
    }

    private Directory directory(GroupSource source) {
        Directory directory =
                new Directory(List.of(workspace("ws1"), workspace("ws2")), DECLARED, source);
        directory.start();
        return directory;
    }

    private WorkspaceDirectory workspace(String name) {
        return new WorkspaceDirectory(
                new WorkspaceSettings(
                        name,
                        Scope.workspace(name),
                        Listed.TENANT,
                        SnapshotSource.DECLARED,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(15)),
                workspace.api(),
                DECLARED,
                clock,
                new Random(7));
    }

    private static PrincipalId id(int number) {
        return PrincipalId.of(Listed.TENANT, Listed.guid("829ae9c5", number));
    }
}
