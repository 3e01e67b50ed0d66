package io.stagedoor.proxy.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.testing.Listed;
import io.stagedoor.proxy.directory.testing.PagedWorkspace;
import io.stagedoor.proxy.directory.testing.TestClock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LargeWorkspaceTest {

    private static final int PAGES = 100;
    private static final int PER_PAGE = 1_000;

    /**
     * The heap of a test run is one gigabyte, and the time limit is far above what a slow machine
     * needs: both would be missed by a reading whose cost grows faster than the list.
     */
    @Test
    void readsAHundredThousandAssignmentsInBoundedTimeAndMemory() throws Exception {
        TestClock clock = new TestClock();
        try (PagedWorkspace workspace = new PagedWorkspace(clock);
                WorkspaceDirectory directory = directory(workspace, clock)) {
            workspace.serve(
                    IntStream.range(0, PAGES)
                            .mapToObj(LargeWorkspaceTest::page)
                            .toArray(String[]::new));

            RefreshOutcome outcome = directory.refreshNow().get(60, TimeUnit.SECONDS);
            RefreshOutcome again = directory.refreshNow().get(60, TimeUnit.SECONDS);

            assertThat(outcome)
                    .isEqualTo(
                            new RefreshOutcome.Loaded(directory.snapshot().id(), PAGES * PER_PAGE));
            assertThat(again).isEqualTo(outcome);
            assertThat(directory.health().snapshot().orElseThrow().pages()).isEqualTo(PAGES);
        }
    }

    private static String page(int page) {
        return Listed.page(
                IntStream.range(0, PER_PAGE)
                        .mapToObj(i -> page * PER_PAGE + i)
                        .map(
                                n ->
                                        Listed.assignment(
                                                n,
                                                Listed.CONTRIBUTOR,
                                                "workspaces/ws1/bigDataPools/p" + n % 500))
                        .toList());
    }

    private static WorkspaceDirectory directory(PagedWorkspace workspace, TestClock clock) {
        return new WorkspaceDirectory(
                new WorkspaceSettings(
                        "ws1",
                        Scope.workspace("ws1"),
                        Listed.TENANT,
                        SnapshotSource.LIVE,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(15)),
                workspace.api(),
                Declared.nothing(),
                clock,
                new Random(7));
    }
}
