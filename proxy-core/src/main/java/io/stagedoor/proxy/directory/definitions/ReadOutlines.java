package io.stagedoor.proxy.directory.definitions;

import io.stagedoor.proxy.directory.synapse.WorkspaceReadException;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads outlines, some at a time and all within the time that one run has. For one walk, and the
 * thread that walks, which waits here.
 */
final class ReadOutlines implements ReachWalk.Source, AutoCloseable {

    private final Definitions definitions;
    private final ReachLimits limits;
    private final InstantSource clock;
    private final Instant deadline;
    private final Semaphore turns;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Thing, Outline> prepared = new HashMap<>();

    ReadOutlines(Definitions definitions, ReachLimits limits, InstantSource clock) {
        this.definitions = definitions;
        this.limits = limits;
        this.clock = clock;
        this.deadline = clock.instant().plus(limits.time());
        this.turns = new Semaphore(limits.atOnce());
    }

    @Override
    public boolean holds(ThingKind kind) {
        return definitions.holds(kind);
    }

    @Override
    public boolean prepare(List<ReachWalk.Wanted> wanted) throws RefusedException {
        Map<ReachWalk.Wanted, Future<Optional<Outline>>> reads = new LinkedHashMap<>();
        for (ReachWalk.Wanted one : wanted) {
            if (!prepared.containsKey(KnownOutlines.keyOf(one.thing()))) {
                reads.put(one, threads.submit(() -> read(one.thing())));
            }
        }
        for (Map.Entry<ReachWalk.Wanted, Future<Optional<Outline>>> read : reads.entrySet()) {
            ReachWalk.Wanted one = read.getKey();
            Optional<Outline> outline = result(one, read.getValue());
            if (outline.isEmpty()) {
                throw Unresolved.missing(one.path());
            }
            prepared.put(KnownOutlines.keyOf(one.thing()), outline.get());
        }
        return true;
    }

    @Override
    public Outline outlineOf(Thing thing) {
        return Objects.requireNonNull(prepared.get(KnownOutlines.keyOf(thing)), "not prepared");
    }

    /** Reads under way are given up. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Optional<Outline> read(Thing thing)
            throws WorkspaceReadException, InterruptedException {
        turns.acquire();
        try {
            return definitions.lookup(thing);
        } finally {
            turns.release();
        }
    }

    private Optional<Outline> result(ReachWalk.Wanted one, Future<Optional<Outline>> read)
            throws RefusedException {
        Duration left = Duration.between(clock.instant(), deadline);
        try {
            return read.get(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw Unresolved.unreadable(one.path(), reasonOf(failure));
        } catch (TimeoutException _) {
            throw Unresolved.unreadable(
                    one.path(),
                    "all definitions of the run took longer than "
                            + limits.time().toSeconds()
                            + " seconds");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Unresolved.unreadable(one.path(), "the proxy is closing");
        }
    }

    private static String reasonOf(ExecutionException failure) {
        return failure.getCause() instanceof WorkspaceReadException read
                ? String.valueOf(read.getMessage())
                : "it failed unexpectedly";
    }
}
