package io.stagedoor.proxy;

import io.stagedoor.proxy.admin.ComponentHealth;
import io.stagedoor.proxy.exchange.ExchangeParts;
import io.stagedoor.proxy.journey.Admitted;
import io.stagedoor.proxy.journey.NotYet;
import io.stagedoor.proxy.journey.Pace;
import io.stagedoor.proxy.journey.Recheck;
import io.stagedoor.proxy.operator.Served;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generation in use, behind one reference, and those whose last exchanges still run.
 *
 * <p>Reading is one volatile read and may happen on any thread; generations are replaced by one
 * thread at a time.
 */
final class Serving implements Recheck, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Foundation foundation;
    private final Set<Generation> replaced = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Numbered current;
    private volatile Runnable afterwards = () -> {};

    Serving(Foundation foundation, Generation first) {
        this.foundation = foundation;
        this.current = new Numbered(first, 1, foundation.clock.instant());
        foundation.follower.over(first.runLooks());
    }

    /** A generation, which it is since the start, and since when it is in use. */
    private record Numbered(Generation generation, long number, Instant since) {}

    Generation current() {
        return current.generation();
    }

    /** Returns what is in use, for operators to look at. */
    Served served() {
        Numbered now = current;
        return new Served(
                now.number(),
                now.since(),
                now.generation().authenticator(),
                now.generation().directory(),
                now.generation().credentials(),
                now.generation().declaredGroups());
    }

    ExchangeParts exchanges() {
        return current().exchanges();
    }

    Duration recheckInterval() {
        return current().config().access().recheckInterval();
    }

    /** Asks the generation in use, whichever admitted it. */
    @Override
    public void require(Admitted admitted, Pace pace) throws RefusedException, NotYet {
        current().exchanges().journey().require(admitted, pace);
    }

    List<ComponentHealth> health() {
        return checks().components();
    }

    boolean isReady() {
        return checks().isReady();
    }

    private HealthChecks checks() {
        Generation now = current();
        return new HealthChecks(
                foundation.trail,
                now.authenticator(),
                now.directory(),
                now.credentials(),
                now.exchanges().services(),
                foundation.expiryWarning);
    }

    /** Has something done whenever a generation was replaced. */
    void onReplaced(Runnable action) {
        afterwards = action;
    }

    /**
     * Has new requests served by another generation from now on. Those under way end with the one
     * they began with, unless they lose their right by it; then it is closed.
     */
    void replaceBy(Generation next) {
        Generation before = current();
        current = new Numbered(next, current.number() + 1, foundation.clock.instant());
        replaced.add(before);
        foundation.follower.over(next.runLooks());
        afterwards.run();
        foundation.streams.sweep(foundation.loops.group(), this);
        Thread.ofVirtual().name("generation-end").start(() -> closeAfterLast(before));
    }

    private void closeAfterLast(Generation before) {
        try {
            awaitPassage();
            while (before.exchanges().setting().inFlight().count() > 0) {
                if (closed.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            if (replaced.remove(before)) {
                before.close();
                LOG.atInfo().log("the last exchange of an earlier configuration has ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until each event loop has been between two tasks: whoever read the reference before it
     * was replaced has counted its exchange by then.
     */
    private void awaitPassage() {
        foundation.loops.group().forEach(loop -> loop.submit(() -> {}).awaitUninterruptibly());
    }

    /** Closes all generations, whatever they are doing. */
    @Override
    public void close() {
        closed.countDown();
        for (Generation before : List.copyOf(replaced)) {
            if (replaced.remove(before)) {
                before.close();
            }
        }
        current().close();
    }
}
