package io.stagedoor.proxy.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.DirectoryHealth.Freshness;
import io.stagedoor.proxy.directory.testing.Listed;
import io.stagedoor.proxy.directory.testing.PagedWorkspace;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkspaceDirectoryTest {

    private static final Scope WS1 = Scope.workspace("ws1");
    private static final Duration MAX_AGE = Duration.ofMinutes(15);
    private static final String FIRST = contributor(1, "workspaces/ws1");
    private static final String SECOND = contributor(2, "workspaces/ws1/bigDataPools/p");
    private static final String THIRD = contributor(3, "workspaces/ws1");

    private final TestClock clock = new TestClock();
    private PagedWorkspace workspace;
    private WorkspaceDirectory directory;

    @BeforeEach
    void open() throws Exception {
        workspace = new PagedWorkspace(clock);
        directory = directory(SnapshotSource.LIVE, Declared.nothing(), Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        directory.close();
        workspace.close();
    }

    @Test
    void refusesBeforeTheFirstReadingWithoutSayingThatARoleIsMissing() {
        assertThatThrownBy(directory::snapshot)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(Code.STALE_SNAPSHOT));
        assertThat(directory.health().freshness()).isEqualTo(Freshness.LOADING);
    }

    @Test
    void holdsAllPagesAfterAReading() throws Exception {
        workspace.serve(Listed.page(FIRST), Listed.page(SECOND), Listed.page(THIRD));

        RefreshOutcome outcome = refresh();

        assertThat(numbersIn(directory.snapshot())).containsExactly(1, 2, 3);
        assertThat(outcome).isEqualTo(new RefreshOutcome.Loaded(directory.snapshot().id(), 3));
    }

    @Test
    void keepsTheOldSnapshotAndItsAgeWhenTheThirdPageFails() throws Exception {
        workspace.serve(Listed.page(FIRST), Listed.page(SECOND), Listed.page(THIRD));
        refresh();
        AccessSnapshot before = directory.snapshot();
        clock.advance(Duration.ofMinutes(2));
        workspace.serve(Listed.page(FIRST), Listed.page(), Listed.page(THIRD));
        workspace.failingPage = 3;

        RefreshOutcome outcome = refresh();

        assertThat(outcome).isInstanceOf(RefreshOutcome.Failed.class);
        assertThat(directory.snapshot()).isSameAs(before);
        assertThat(directory.health().age()).contains(Duration.ofMinutes(2));
        assertThat(directory.health().lastFailure()).contains("the workspace answered status 500");
        assertThat(directory.health().failures()).isEqualTo(1);
    }

    @Test
    void forgetsAFailureAfterTheNextCompleteReading() throws Exception {
        workspace.failingPage = 1;
        refresh();
        workspace.failingPage = 0;

        refresh();

        assertThat(directory.health().failures()).isZero();
        assertThat(directory.health().lastFailure()).isEmpty();
    }

    @Test
    void handsOnHowLongTheWorkspaceWantsToBeLeftAlone() throws Exception {
        workspace.failingPage = 1;
        workspace.retryAfter = "90";

        RefreshOutcome outcome = refresh();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        RefreshOutcome.Failed.class,
                        failed -> assertThat(failed.retryAfter()).contains(Duration.ofSeconds(90)));
    }

    @Test
    void decidesUpToTheGreatestAgeAndNotAMillisecondLonger() throws Exception {
        workspace.serve(Listed.page(FIRST));
        refresh();

        clock.advance(MAX_AGE);
        assertThat(directory.snapshot().id()).isNotEmpty();
        assertThat(directory.health().freshness()).isEqualTo(Freshness.FRESH);
        clock.advance(Duration.ofMillis(1));

        assertThatThrownBy(directory::snapshot)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(Code.STALE_SNAPSHOT));
        assertThat(directory.health().freshness()).isEqualTo(Freshness.STALE);
    }

    @Test
    void countsAgeFromTheRequestForTheFirstPage() throws Exception {
        workspace.serve(Listed.page(FIRST), Listed.page(SECOND));
        workspace.beforePage = _ -> clock.advance(Duration.ofSeconds(20));

        refresh();

        assertThat(directory.snapshot().takenAt()).isEqualTo(TestClock.START);
        assertThat(directory.health().age()).contains(Duration.ofSeconds(40));
    }

    @Test
    void failsAReadingThatTakesTooLong() throws Exception {
        workspace.serve(Listed.page(FIRST), Listed.page(SECOND));
        workspace.beforePage = _ -> clock.advance(Duration.ofMinutes(1));

        refresh();

        assertThat(directory.health().lastFailure())
                .contains("the role assignments were not read within PT1M");
    }

    @Test
    void recoversFromStaleness() throws Exception {
        workspace.serve(Listed.page(FIRST));
        refresh();
        clock.advance(MAX_AGE.multipliedBy(2));

        refresh();

        assertThat(numbersIn(directory.snapshot())).containsExactly(1);
    }

    @Test
    void givesEqualContentAnEqualIdAndChangedContentAnother() throws Exception {
        workspace.serve(Listed.page(FIRST, SECOND));
        refresh();
        String before = directory.snapshot().id();

        workspace.serve(Listed.page(SECOND), Listed.page(FIRST));
        clock.advance(Duration.ofMinutes(1));
        refresh();
        assertThat(directory.snapshot().id()).isEqualTo(before);
        workspace.serve(Listed.page(SECOND));
        refresh();

        assertThat(directory.snapshot().id()).isNotEqualTo(before);
    }

    @Test
    void letsUnknownRolesAndForeignOrMalformedScopesGrantNothingButSaysSo() throws Exception {
        String unknownRole = Listed.guid("deadbeef", 1);
        workspace.serve(
                Listed.page(
                        FIRST,
                        Listed.assignment(4, unknownRole, "workspaces/ws1"),
                        contributor(5, "workspaces/ws2"),
                        contributor(6, "workspaces/ws1/*"),
                        contributor(7, "/workspaces/ws1"),
                        FIRST.replace(Listed.guid("829ae9c5", 1), "somebody")
                                .replace(Listed.guid("0550e787", 1), Listed.guid("0550e787", 8))));

        refresh();

        DirectoryHealth.Content content = directory.health().snapshot().orElseThrow();
        assertThat(numbersIn(directory.snapshot())).containsExactly(1, 4);
        assertThat(content.unknownRoles()).containsExactly(unknownRole);
        assertThat(content.malformed()).isEqualTo(4);
        assertThat(content.malformedExamples())
                .anySatisfy(e -> assertThat(e).contains("`workspaces/ws2` is not of"))
                .anySatisfy(e -> assertThat(e).contains("workspaces/ws1/*"))
                .anySatisfy(e -> assertThat(e).contains("`somebody`"));
    }

    @Test
    void readsARoleThatIsGivenAsAPath() throws Exception {
        String path = "/providers/x/roleDefinitions/" + Listed.CONTRIBUTOR;
        workspace.serve(Listed.page(Listed.assignment(1, path, "workspaces/ws1")));

        refresh();

        assertThat(directory.snapshot().assignments())
                .extracting(RoleAssignment::roleDefinitionId)
                .containsExactly(Listed.CONTRIBUTOR);
    }

    @Test
    void countsNothingDeclaredWhenOnlyTheLiveWorkspaceCounts() throws Exception {
        directory = directory(SnapshotSource.LIVE, declared(9), Duration.ofMinutes(1));
        workspace.serve(Listed.page(FIRST));

        refresh();

        assertThat(numbersIn(directory.snapshot())).containsExactly(1);
    }

    @Test
    void neverAsksTheWorkspaceWhenOnlyDeclarationsCountAndNeverAges() throws Exception {
        directory = directory(SnapshotSource.DECLARED, declared(9), Duration.ofMinutes(1));
        directory.start();

        clock.advance(Duration.ofDays(30));

        assertThat(numbersIn(directory.snapshot())).containsExactly(9);
        assertThat(refresh()).isInstanceOf(RefreshOutcome.Loaded.class);
        assertThat(directory.health().age()).isEmpty();
        assertThat(workspace.readings).hasValue(0);
    }

    @Test
    void countsBothAndWaitsForTheLiveOne() throws Exception {
        directory = directory(SnapshotSource.BOTH, declared(9), Duration.ofMinutes(1));
        workspace.serve(Listed.page(FIRST));

        assertThatThrownBy(directory::snapshot).isInstanceOf(RefusedException.class);
        refresh();

        assertThat(numbersIn(directory.snapshot())).containsExactly(1, 9);
    }

    @Test
    void takesNewDeclarationsAtOnceAndKeepsTheAgeOfTheReading() throws Exception {
        directory = directory(SnapshotSource.BOTH, declared(9), Duration.ofMinutes(1));
        workspace.serve(Listed.page(FIRST));
        refresh();
        clock.advance(Duration.ofMinutes(3));

        directory.declare(declared(10));

        assertThat(numbersIn(directory.snapshot())).containsExactly(1, 10);
        assertThat(directory.snapshot().takenAt()).isEqualTo(TestClock.START);
    }

    @Test
    void keepsAFailureInSightWhenDeclarationsChange() throws Exception {
        directory = directory(SnapshotSource.BOTH, declared(9), Duration.ofMinutes(1));
        workspace.failingPage = 1;
        refresh();

        directory.declare(declared(10));

        assertThat(directory.health().lastFailure()).isPresent();
    }

    @Test
    void answersARefreshWithAReadingThatBeganAfterIt() throws Exception {
        Semaphore pages = new Semaphore(0);
        CountDownLatch asked = new CountDownLatch(1);
        workspace.serveEach(List.of(List.of(Listed.page(FIRST)), List.of(Listed.page(SECOND))));
        workspace.beforePage =
                _ -> {
                    asked.countDown();
                    pages.acquireUninterruptibly();
                };
        CompletableFuture<RefreshOutcome> early = directory.refreshNow();
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

        List<CompletableFuture<RefreshOutcome>> late =
                IntStream.range(0, 20).mapToObj(_ -> directory.refreshNow()).toList();
        pages.release();
        early.get(60, TimeUnit.SECONDS);
        assertThat(late).noneMatch(CompletableFuture::isDone);
        pages.release();
        for (CompletableFuture<RefreshOutcome> outcome : late) {
            outcome.get(60, TimeUnit.SECONDS);
        }

        assertThat(numbersIn(directory.snapshot())).containsExactly(2);
        assertThat(workspace.readings).hasValue(2);
    }

    @Test
    void readsAgainAtEachPollIntervalUntilClosed() {
        directory = directory(SnapshotSource.LIVE, Declared.nothing(), Duration.ofMillis(20));
        workspace.serve(Listed.page(FIRST));
        directory.start();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(workspace.readings).hasValueGreaterThan(3));
        directory.close();
        await().during(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(60))
                .until(() -> unchangedFor(Duration.ofMillis(100)));

        assertThat(directory.health().isFresh()).isTrue();
    }

    @Test
    void seesAnAssignmentThatWasTakenAwayAtTheNextReading() throws Exception {
        workspace.serve(Listed.page(FIRST, SECOND));
        refresh();
        workspace.serve(Listed.page(SECOND));

        refresh();

        assertThat(directory.snapshot().assignmentById(Listed.guid("0550e787", 1))).isEmpty();
    }

    private boolean unchangedFor(Duration pause) {
        int before = workspace.readings.get();
        try {
            return !new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS)
                    && workspace.readings.get() == before;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private RefreshOutcome refresh() throws Exception {
        return directory.refreshNow().get(60, TimeUnit.SECONDS);
    }

    private WorkspaceDirectory directory(
            SnapshotSource source, Declared declared, Duration pollInterval) {
        return new WorkspaceDirectory(
                new WorkspaceSettings("ws1", WS1, Listed.TENANT, source, pollInterval, MAX_AGE),
                workspace.api(),
                declared,
                clock,
                new Random(7));
    }

    private static Declared declared(int number) {
        RoleAssignment here =
                new RoleAssignment(
                        Listed.guid("0550e787", number),
                        Listed.CONTRIBUTOR,
                        PrincipalId.of(Listed.TENANT, Listed.guid("829ae9c5", number)),
                        WS1,
                        "access.yaml:3:5");
        RoleAssignment elsewhere =
                new RoleAssignment(
                        Listed.guid("0550e787", 77),
                        Listed.CONTRIBUTOR,
                        here.principal(),
                        Scope.workspace("ws2"),
                        "access.yaml:9:5");
        return Declared.of(List.of(here, elsewhere), Map.of(), List.of());
    }

    private static String contributor(int number, String scope) {
        return Listed.assignment(number, Listed.CONTRIBUTOR, scope);
    }

    private static List<Integer> numbersIn(AccessSnapshot snapshot) {
        return snapshot.assignments().stream()
                .map(a -> Integer.parseInt(a.id().substring(24)))
                .sorted()
                .toList();
    }
}
