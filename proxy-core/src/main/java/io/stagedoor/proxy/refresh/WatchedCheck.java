package io.stagedoor.proxy.refresh;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A check that is made no more often than needed: its finding is used for a while, those who need it
 * at the same time share one look, and nobody waits longer than told. A look that takes longer is an
 * unknown finding, used as long as any other, until it ends after all.
 *
 * <p>Safe for any thread.
 */
public final class WatchedCheck {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedCheck.class);

    private final String name;
    private final SourceCheck check;
    private final Times times;
    private final Executor threads;
    private final InstantSource clock;
    private volatile Optional<Observation> last = Optional.empty();
    private Optional<CompletableFuture<Observation>> flight = Optional.empty();

    /**
     * How long findings are used, and waited for.
     *
     * @param use how long one is used
     * @param patience how long one is waited for
     */
    public record Times(Duration use, Duration patience) {}

    /**
     * Watches a check.
     *
     * @param source the name of the source that it tells of
     * @param threads where looks are taken; they may wait
     */
    public WatchedCheck(
            String source, SourceCheck check, Times times, Executor threads, InstantSource clock) {
        this.name = source + "/" + check.name();
        this.check = check;
        this.times = times;
        this.threads = threads;
        this.clock = clock;
    }

    /** Returns its full name. */
    public String name() {
        return name;
    }

    /** Returns the finding that is in use, if there is one. */
    public Optional<Observation> atHand() {
        return last.filter(this::isInUse);
    }

    /** Begins a look if there is no finding to use, and none is under way. */
    public void begin() {
        if (atHand().isEmpty()) {
            var _ = join();
        }
    }

    /** Returns the finding in use, or waits for one. */
    public Observation observe() {
        return atHand().orElseGet(this::awaited);
    }

    private Observation awaited() {
        try {
            return join().get(times.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return keep(Finding.unknown("no answer within " + times.patience().toMillis() + " ms"));
        } catch (ExecutionException failure) {
            LOG.atError().setCause(failure.getCause()).addKeyValue("check", name).log("failed");
            return keep(Finding.unknown("the check failed"));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return seen(Finding.unknown("interrupted"));
        }
    }

    private synchronized CompletableFuture<Observation> join() {
        Optional<CompletableFuture<Observation>> under = flight.filter(this::serves);
        if (under.isPresent()) {
            return under.get();
        }
        CompletableFuture<Observation> mine = new CompletableFuture<>();
        flight = Optional.of(mine);
        threads.execute(() -> fly(mine));
        return mine;
    }

    /** One that has just landed serves those who saw nothing at hand a moment ago. */
    private boolean serves(CompletableFuture<Observation> other) {
        return !other.isDone() || (!other.isCompletedExceptionally() && isInUse(other.resultNow()));
    }

    private boolean isInUse(Observation seen) {
        return seen.at().isAfter(clock.instant().minus(times.use()));
    }

    /** The finding is in use before its flight ends, so that nobody begins another in between. */
    private void fly(CompletableFuture<Observation> landing) {
        try {
            landing.complete(keep(check.look()));
        } catch (RuntimeException bug) {
            landing.completeExceptionally(bug);
        }
    }

    private Observation keep(Finding finding) {
        Observation observation = seen(finding);
        last = Optional.of(observation);
        return observation;
    }

    private Observation seen(Finding finding) {
        return new Observation(name, finding, clock.instant());
    }
}
