package io.stagedoor.proxy.directory;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.proxy.directory.synapse.SynapseRoleApi;
import io.stagedoor.proxy.directory.synapse.WorkspaceReadException;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known about access to one workspace: one immutable snapshot, replaced as a whole.
 *
 * <p>Reading the snapshot is one volatile read and may happen on any thread. The workspace is read
 * on virtual threads, one reading at a time; a reading replaces the snapshot after its last page and
 * not before, and a reading that fails anywhere leaves the snapshot and its age as they were (S53).
 * Declarations replace it at once. Replacements are made under a lock, so none undoes another.
 */
public final class WorkspaceDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceDirectory.class);

    private final WorkspaceSettings settings;
    private final SnapshotAssembly assembly;
    private final SynapseRoleApi api;
    private final InstantSource clock;
    private final RoleBook roleBook;
    private final RefreshQueue refreshes;
    private final PollTimes pollTimes;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock replacing = new ReentrantLock();

    private final AtomicBoolean started = new AtomicBoolean();

    /** Written under the lock; read without it. */
    private volatile Knowledge knowledge;

    /** What this goes on from, until it is started. */
    private volatile Optional<WorkspaceDirectory> predecessor = Optional.empty();

    /** What goes on from this, once that is started. */
    private volatile Optional<WorkspaceDirectory> successor = Optional.empty();

    /**
     * Makes the directory of one workspace; nothing is read before {@link #start}.
     *
     * @param api how the workspace is read; not used if only declarations count
     * @param jitter spreads the readings of many proxies; need not be secure
     */
    public WorkspaceDirectory(
            WorkspaceSettings settings,
            SynapseRoleApi api,
            Declared declared,
            InstantSource clock,
            RandomGenerator jitter) {
        this.settings = settings;
        this.assembly =
                new SnapshotAssembly(
                        settings.root(),
                        settings.source(),
                        settings.maxAge(),
                        settings.filtersLists());
        this.api = api;
        this.clock = clock;
        this.roleBook = new RoleBook(settings.name(), api, clock);
        this.refreshes = new RefreshQueue("directory-" + settings.name(), this::refresh);
        this.pollTimes = new PollTimes(settings.pollInterval(), jitter);
        this.knowledge = known(Optional.empty(), Roles.BUILT_IN, declared);
    }

    private WorkspaceDirectory(WorkspaceDirectory predecessor, Declared declared) {
        this.settings = predecessor.settings;
        this.assembly = predecessor.assembly;
        this.api = predecessor.api;
        this.clock = predecessor.clock;
        this.roleBook = predecessor.roleBook;
        this.refreshes = new RefreshQueue("directory-" + settings.name(), this::refresh);
        this.pollTimes = predecessor.pollTimes;
        this.predecessor = Optional.of(predecessor);
        this.knowledge = inherited(predecessor.knowledge, declared);
    }

    /**
     * Makes a directory of the same workspace with other declarations, which goes on from the last
     * reading of this one. Both can be used side by side; the workspace is read by the newer one
     * once that is started.
     */
    public WorkspaceDirectory successor(Declared declared) {
        return new WorkspaceDirectory(this, declared);
    }

    private Knowledge inherited(Knowledge before, Declared declared) {
        Knowledge after = known(before.live(), before.roles(), declared);
        return before.lastFailure().map(after::failed).orElse(after);
    }

    /**
     * Begins to read the workspace at once and then at each poll interval, until {@link #close}; a
     * successor with a reading to go on from waits for its time. Has no effect once begun.
     */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        predecessor.ifPresent(this::takeOver);
        if (settings.source().isLive()) {
            Thread.ofVirtual().name("poll-" + settings.name()).start(this::pollUntilClosed);
        }
    }

    private void takeOver(WorkspaceDirectory before) {
        replacing.lock();
        try {
            knowledge = inherited(before.knowledge, knowledge.declared());
        } finally {
            replacing.unlock();
        }
        reportChange(before.knowledge, knowledge);
        before.successor = Optional.of(this);
        predecessor = Optional.empty();
    }

    /** Returns the workspace's configured name. */
    public String name() {
        return settings.name();
    }

    /**
     * Returns the snapshot to decide on; never waits.
     *
     * @throws RefusedException {@code stale_snapshot} if there is none yet, or it is too old
     */
    public AccessSnapshot snapshot() throws RefusedException {
        Optional<AccessSnapshot> held = knowledge.snapshot();
        if (held.isEmpty()) {
            throw refused("have not been read yet");
        }
        if (held.get().isStale(clock.instant())) {
            throw refused("were read too long ago");
        }
        return held.get();
    }

    /**
     * Reads the workspace as soon as possible, for example because a role assignment was written
     * through the proxy (S56); never waits itself.
     *
     * @return completes with the outcome of a reading that began after this call; callers share
     *     readings. A workspace that is never read answers at once
     */
    public CompletableFuture<RefreshOutcome> refreshNow() {
        Optional<WorkspaceDirectory> after = successor;
        if (after.isPresent()) {
            return after.get().refreshNow();
        }
        return settings.source().isLive()
                ? refreshes.request()
                : CompletableFuture.completedFuture(loaded(knowledge));
    }

    /** Replaces what was declared; takes effect before this returns. */
    public void declare(Declared declared) {
        replacing.lock();
        try {
            Knowledge before = knowledge;
            Knowledge after = known(before.live(), before.roles(), declared);
            knowledge = before.lastFailure().map(after::failed).orElse(after);
            reportChange(before, after);
        } finally {
            replacing.unlock();
        }
    }

    /** Returns how the knowledge about this workspace is doing. */
    public DirectoryHealth health() {
        return HealthView.of(settings.name(), knowledge, roleBook.failure(), clock.instant());
    }

    /** Stops reading; the snapshot stays and ages. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void pollUntilClosed() {
        try {
            Duration wait = firstWait();
            while (!isOver(wait)) {
                RefreshOutcome outcome = refreshes.request().join();
                wait = pollTimes.after(outcome, knowledge.failures());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration firstWait() {
        Knowledge begun = knowledge;
        return begun.live().isPresent() && begun.failures() == 0
                ? pollTimes.after(loaded(begun), 0)
                : Duration.ZERO;
    }

    private boolean isOver(Duration wait) throws InterruptedException {
        return closed.await(wait.toMillis(), TimeUnit.MILLISECONDS) || successor.isPresent();
    }

    private RefreshOutcome refresh() {
        try {
            LiveAssignments live =
                    new AssignmentInterpreter(settings.root(), settings.tenant())
                            .interpret(api.assignments());
            return loaded(take(live, roleBook.rolesFor(live.assignments())));
        } catch (WorkspaceReadException failure) {
            String reason = String.valueOf(failure.getMessage());
            fail(reason);
            return new RefreshOutcome.Failed(reason, failure.retryAfter());
        } catch (RuntimeException bug) {
            LOG.atError().addKeyValue("workspace", settings.name()).setCause(bug).log("internal");
            fail("the reading failed for an internal reason");
            return new RefreshOutcome.Failed("internal", Optional.empty());
        }
    }

    private Knowledge take(LiveAssignments live, Roles roles) {
        replacing.lock();
        try {
            Knowledge before = knowledge;
            Knowledge after = known(Optional.of(live), roles, before.declared());
            knowledge = after;
            reportChange(before, after);
            return after;
        } finally {
            replacing.unlock();
        }
    }

    private void fail(String reason) {
        replacing.lock();
        try {
            knowledge = knowledge.failed(reason);
        } finally {
            replacing.unlock();
        }
        LOG.atWarn()
                .addKeyValue("workspace", settings.name())
                .addKeyValue("reason", reason)
                .addKeyValue("failures", knowledge.failures())
                .addKeyValue("freshness", HealthView.freshness(knowledge, clock.instant()))
                .log("the role assignments could not be read");
    }

    private Knowledge known(Optional<LiveAssignments> live, Roles roles, Declared declared) {
        return new Knowledge(
                live,
                roles,
                declared,
                assembly.assemble(live, roles, declared, clock.instant()),
                0,
                Optional.empty());
    }

    private void reportChange(Knowledge before, Knowledge after) {
        if (!before.snapshotId().equals(after.snapshotId())) {
            LOG.atInfo()
                    .addKeyValue("workspace", settings.name())
                    .addKeyValue("snapshot", after.snapshotId())
                    .addKeyValue("before", before.snapshotId())
                    .addKeyValue("assignments", after.size())
                    .log("access to the workspace changed");
        }
        List<String> malformed = after.malformed();
        if (!malformed.equals(before.malformed())) {
            LOG.atWarn()
                    .addKeyValue("workspace", settings.name())
                    .addKeyValue("malformed", malformed)
                    .log("role assignments that grant nothing");
        }
    }

    private RefusedException refused(String what) {
        return RefusedException.of(
                Code.STALE_SNAPSHOT,
                "the role assignments of `" + settings.name() + "` " + what,
                "try again shortly; asking for a role does not help");
    }

    private static RefreshOutcome loaded(Knowledge known) {
        return new RefreshOutcome.Loaded(known.snapshotId(), known.size());
    }
}
