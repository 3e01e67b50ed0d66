package io.stagedoor.proxy.follow;

import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.record.AuditEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at runs until they end, and writes down what led to what.
 *
 * <p>A run is looked at ever more seldom, each service no more often than its spacing allows, and
 * child runs are followed too. What is new goes to the trail after each look, so that little is lost
 * when the proxy ends. It lives as long as the proxy: a new configuration only says which services
 * are followed. A run of a service that is followed no more is dropped at its next look. Safe for any
 * thread; nothing waits but the looks, on threads of their own.
 */
public final class RunFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunFollower.class);

    private static final int EDGES_A_RECORD = 500;
    private static final int MOST_EDGES = 20_000;

    private final AuditTrail trail;
    private final FollowLimits limits;
    private final InstantSource clock;
    private final Semaphore turns;
    private final Map<JobKey, Followed> runs = new ConcurrentHashMap<>();
    private final Map<String, Instant> nextLook = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("run-follower").factory());
    private final ExecutorService looking = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Map<String, RunLooks> services = Map.of();

    /** One run; looked at by one thread at a time. */
    private static final class Followed {
        private final String service;
        private final JobKey run;
        private final Instant since;
        private final Set<JobEdge> written = new HashSet<>();
        private Duration wait;

        private Followed(String service, JobKey run, Instant since, Duration wait) {
            this.service = service;
            this.run = run;
            this.since = since;
            this.wait = wait;
        }
    }

    /** Makes a follower of no service. */
    public RunFollower(AuditTrail trail, FollowLimits limits, InstantSource clock) {
        this.trail = trail;
        this.limits = limits;
        this.clock = clock;
        this.turns = new Semaphore(limits.atOnce());
    }

    /** Follows runs of these services, by name, and of no other from now on. */
    public void over(Map<String, RunLooks> followed) {
        services = Map.copyOf(followed);
    }

    /** Begins to follow a run, unless its service is not followed or too many runs are. */
    public void follow(String service, JobKey run) {
        if (!services.containsKey(service)) {
            return;
        }
        if (runs.size() >= limits.runs()) {
            LOG.atWarn().addKeyValue("jobId", run.text()).log("too many runs to follow this one");
            return;
        }
        Followed followed = new Followed(service, run, clock.instant(), limits.first());
        if (runs.putIfAbsent(run, followed) == null) {
            schedule(followed);
        }
    }

    /** Returns how many runs are followed. */
    public int count() {
        return runs.size();
    }

    /** Ends all looks; the trail must be open until then. */
    @Override
    public void close() {
        timer.shutdownNow();
        looking.shutdownNow();
        runs.clear();
    }

    private void schedule(Followed followed) {
        Instant due = turnOf(followed.service, clock.instant().plus(followed.wait));
        Duration wait = Duration.between(clock.instant(), due);
        try {
            var _ =
                    timer.schedule(
                            () -> looking.execute(() -> look(followed)),
                            Math.max(0, wait.toMillis()),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            runs.remove(followed.run);
        }
    }

    /** Gives the next time at which the service may be asked, and keeps it from others. */
    private Instant turnOf(String service, Instant wanted) {
        Instant[] due = {wanted};
        nextLook.compute(
                service,
                (_, free) -> {
                    due[0] = free != null && free.isAfter(wanted) ? free : wanted;
                    return due[0].plus(limits.spacing());
                });
        return due[0];
    }

    private void look(Followed followed) {
        Optional<RunLooks> looks = Optional.ofNullable(services.get(followed.service));
        boolean goesOn = looks.isPresent() && lookWith(looks.get(), followed);
        if (goesOn && isInTime(followed, looks.get())) {
            Duration longer = followed.wait.multipliedBy(3).dividedBy(2);
            followed.wait = longer.compareTo(limits.longest()) > 0 ? limits.longest() : longer;
            schedule(followed);
        } else {
            runs.remove(followed.run);
        }
    }

    private boolean isInTime(Followed followed, RunLooks looks) {
        boolean inTime = clock.instant().isBefore(followed.since.plus(limits.deadline()));
        if (!inTime) {
            write(looks, followed, "not followed any longer", List.of());
        }
        return inTime;
    }

    /** Looks once; a failure is as good as no news. */
    private boolean lookWith(RunLooks looks, Followed followed) {
        try {
            turns.acquire();
            try {
                return take(looks, followed, looks.at(followed.run.id(), followed.since));
            } finally {
                turns.release();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException failure) {
            LOG.atWarn()
                    .addKeyValue("jobId", followed.run.text())
                    .addKeyValue("reason", failure.getMessage())
                    .log("a run could not be looked at");
            return true;
        }
    }

    private boolean take(RunLooks looks, Followed followed, RunLooks.Look look) {
        List<JobEdge> fresh =
                look.edges().stream()
                        .filter(edge -> followed.written.size() < MOST_EDGES)
                        .filter(followed.written::add)
                        .toList();
        if (!fresh.isEmpty() || look.hasEnded()) {
            write(looks, followed, look.status(), fresh);
        }
        fresh.stream()
                .map(JobEdge::to)
                .filter(job -> isChildRun(job, followed.run))
                .forEach(child -> follow(followed.service, child));
        return !look.hasEnded();
    }

    private static boolean isChildRun(JobKey job, JobKey run) {
        return job.kind().equals(run.kind())
                && job.workspace().equals(run.workspace())
                && job.platform().equals(run.platform())
                && !job.equals(run);
    }

    /** Writes records of a bounded size, at least one. */
    private void write(RunLooks looks, Followed followed, String status, List<JobEdge> edges) {
        int from = 0;
        do {
            int to = Math.min(from + EDGES_A_RECORD, edges.size());
            writeSome(looks, followed, status, edges.subList(from, to));
            from = to;
        } while (from < edges.size());
    }

    private void writeSome(RunLooks looks, Followed followed, String status, List<JobEdge> edges) {
        AuditEvent.Followed event =
                new AuditEvent.Followed(looks.actor(), followed.run, status, edges);
        if (!trail.appendWithinWindow(event)) {
            edges.forEach(followed.written::remove);
            LOG.atWarn().addKeyValue("jobId", followed.run.text()).log("what was seen is not kept");
        }
    }
}
