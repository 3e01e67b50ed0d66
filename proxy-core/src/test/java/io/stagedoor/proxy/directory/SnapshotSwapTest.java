package io.stagedoor.proxy.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.testing.Listed;
import io.stagedoor.proxy.directory.testing.PagedWorkspace;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotSwapTest {

    private static final int GENERATIONS = 40;
    private static final int PAGES = 5;
    private static final int PER_PAGE = 20;

    private final TestClock clock = new TestClock();

    @Test
    void neverShowsAReaderPartsOfTwoReadings() throws Exception {
        try (PagedWorkspace workspace = new PagedWorkspace(clock);
                WorkspaceDirectory directory = directory(workspace);
                ExecutorService executor = Executors.newFixedThreadPool(2)) {
            workspace.serveEach(IntStream.range(0, GENERATIONS).mapToObj(this::pages).toList());
            directory.refreshNow().get(60, TimeUnit.SECONDS);
            AtomicBoolean done = new AtomicBoolean();

            List<Future<List<Integer>>> readers =
                    List.of(
                            executor.submit(() -> watch(directory, done)),
                            executor.submit(() -> watch(directory, done)));
            for (int generation = 1; generation < GENERATIONS; generation++) {
                workspace.failingPage = generation % 4 == 0 ? 3 : 0;
                directory.refreshNow().get(60, TimeUnit.SECONDS);
            }
            done.set(true);

            Set<Integer> seen = new HashSet<>();
            for (Future<List<Integer>> reader : readers) {
                seen.addAll(reader.get(60, TimeUnit.SECONDS));
                assertThat(reader.get()).isSorted().doesNotContain(-1);
            }
            assertThat(seen).as("readings that a reader met").hasSizeGreaterThan(2);
        }
    }

    /** Returns the generations seen, in order without repetition; -1 for a mixture. */
    private static List<Integer> watch(WorkspaceDirectory directory, AtomicBoolean done)
            throws RefusedException {
        List<Integer> seen = new ArrayList<>();
        Optional<AccessSnapshot> last = Optional.empty();
        while (!done.get()) {
            AccessSnapshot snapshot = directory.snapshot();
            if (last.filter(snapshot::equals).isEmpty()) {
                seen.add(generationOf(snapshot));
                last = Optional.of(snapshot);
            }
        }
        return seen;
    }

    private static int generationOf(AccessSnapshot snapshot) {
        Set<Integer> generations =
                snapshot.assignments().stream()
                        .map(a -> Integer.parseInt(a.scope().itemName().orElseThrow().substring(1)))
                        .collect(Collectors.toSet());
        return generations.size() == 1 && snapshot.assignments().size() == PAGES * PER_PAGE
                ? generations.iterator().next()
                : -1;
    }

    private List<String> pages(int generation) {
        return IntStream.range(0, PAGES).mapToObj(page -> page(generation, page)).toList();
    }

    private static String page(int generation, int page) {
        return Listed.page(
                IntStream.range(0, PER_PAGE)
                        .mapToObj(
                                i ->
                                        Listed.assignment(
                                                page * PER_PAGE + i,
                                                Listed.CONTRIBUTOR,
                                                "workspaces/ws1/bigDataPools/g" + generation))
                        .toList());
    }

    private WorkspaceDirectory directory(PagedWorkspace workspace) {
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
