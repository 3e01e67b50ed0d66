package io.stagedoor.proxy.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.testing.Journals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFollowerTest {

    private static final JobKey RUN = run("r1");
    private static final JobKey CHILD = run("r2");
    private static final JobKey ACTIVITY = JobKey.of("synapse", "ws1", "activityRun", "a1");
    private static final JobEdge STEP = new JobEdge(RUN, ACTIVITY);
    private static final JobEdge DOWN = new JobEdge(ACTIVITY, CHILD);
    private static final Duration SOON = Duration.ofMillis(5);

    @TempDir Path directory;

    private Journal journal;
    private RunFollower follower;
    private final Script looks = new Script();

    @BeforeEach
    void open() throws IOException {
        journal = Journals.open(directory);
        follower = follower(10, Duration.ofHours(1));
        follower.over(Map.of("ws1", looks));
    }

    @AfterEach
    void close() {
        follower.close();
        journal.close();
    }

    @Test
    void aRunIsLookedAtUntilItEndsAndWhatIsNewIsWrittenOnce() throws Exception {
        looks.of(RUN, look("InProgress"), look("InProgress", STEP), look("Succeeded", STEP));

        follower.follow("ws1", RUN);
        awaitNone();

        assertThat(followed())
                .containsExactly(
                        new AuditEvent.Followed("proxy", RUN, "InProgress", List.of(STEP)),
                        new AuditEvent.Followed("proxy", RUN, "Succeeded", List.of()));
    }

    @Test
    void childRunsAreFollowedToo() throws Exception {
        looks.of(RUN, look("Succeeded", STEP, DOWN));
        looks.of(CHILD, look("Failed"));

        follower.follow("ws1", RUN);
        awaitNone();

        assertThat(followed())
                .extracting(one -> one.run().id() + " " + one.status())
                .containsExactly("r1 Succeeded", "r2 Failed");
    }

    @Test
    void aFailureIsAsGoodAsNoNews() throws Exception {
        looks.failures.set(3);
        looks.of(RUN, look("Cancelled", STEP));

        follower.follow("ws1", RUN);
        awaitNone();

        assertThat(followed()).extracting(AuditEvent.Followed::status).containsExactly("Cancelled");
    }

    @Test
    void aRunWithoutEndIsFollowedUntilItsDeadline() throws Exception {
        follower.close();
        follower = follower(10, Duration.ofMillis(50));
        follower.over(Map.of("ws1", looks));
        looks.of(RUN, look("InProgress"));

        follower.follow("ws1", RUN);
        awaitNone();

        assertThat(followed())
                .extracting(AuditEvent.Followed::status)
                .containsExactly("not followed any longer");
    }

    @Test
    void runsOfServicesThatAreNotFollowedAreLeftAlone() throws Exception {
        follower.follow("other", RUN);

        assertThat(follower.count()).isZero();
    }

    @Test
    void aReloadGoesOnWithAnotherReaderAndDropsWhatIsNotFollowedAnyMore() throws Exception {
        looks.of(RUN, look("InProgress"));
        follower.follow("ws1", RUN);
        Script next = new Script();
        next.of(RUN, look("Succeeded", STEP));

        follower.over(Map.of("ws1", next));
        awaitNone();
        assertThat(followed()).extracting(AuditEvent.Followed::status).containsExactly("Succeeded");

        follower.follow("ws1", run("r9"));
        follower.over(Map.of());
        awaitNone();
    }

    @Test
    void noMoreRunsThanTheBoundAreFollowed() throws Exception {
        follower.close();
        follower = follower(2, Duration.ofHours(1));
        follower.over(Map.of("ws1", looks));

        follower.follow("ws1", run("x1"));
        follower.follow("ws1", run("x2"));
        follower.follow("ws1", run("x3"));

        assertThat(follower.count()).isEqualTo(2);
    }

    private RunFollower follower(int runs, Duration deadline) {
        return new RunFollower(
                journal,
                new FollowLimits(runs, 2, Duration.ofMillis(1), SOON, SOON, deadline),
                InstantSource.system());
    }

    private void awaitNone() {
        Awaitility.await().until(() -> follower.count() == 0);
    }

    private List<AuditEvent.Followed> followed() throws Exception {
        journal.close();
        return Journals.events(directory).stream()
                .filter(AuditEvent.Followed.class::isInstance)
                .map(AuditEvent.Followed.class::cast)
                .toList();
    }

    private static RunLooks.Look look(String status, JobEdge... edges) {
        return new RunLooks.Look(status, !status.equals("InProgress"), List.of(edges));
    }

    private static JobKey run(String id) {
        return JobKey.of("synapse", "ws1", "pipelineRun", id);
    }

    /** What a service says of its runs, look by look; the last is said again and again. */
    private static final class Script implements RunLooks {

        private final Map<String, Queue<Look>> said = new ConcurrentHashMap<>();
        private final AtomicInteger failures = new AtomicInteger();

        void of(JobKey run, Look... looks) {
            said.put(run.id(), new ConcurrentLinkedQueue<>(List.of(looks)));
        }

        @Override
        public String actor() {
            return "proxy";
        }

        @Override
        public Look at(String runId, Instant since) throws IOException {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("not now");
            }
            Queue<Look> left =
                    said.getOrDefault(runId, new ArrayDeque<>(List.of(look("InProgress"))));
            return left.size() > 1 ? left.remove() : left.element();
        }
    }
}
