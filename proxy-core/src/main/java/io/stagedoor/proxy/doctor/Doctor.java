package io.stagedoor.proxy.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs checks side by side, each on a virtual thread, and none longer than the limit. */
public final class Doctor {

    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

    private final Duration limit;

    /** Makes a doctor with a limit for each check. */
    public Doctor(Duration limit) {
        this.limit = limit;
    }

    /**
     * Runs the checks.
     *
     * @return all findings, in the order of the checks
     * @throws InterruptedException when the thread is told to stop while it waits
     */
    public List<Finding> examine(List<Check> checks) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Finding>>> tasks = new ArrayList<>();
            checks.forEach(check -> tasks.add(check::examine));
            List<Future<List<Finding>>> results =
                    threads.invokeAll(tasks, limit.toMillis(), TimeUnit.MILLISECONDS);
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < checks.size(); i++) {
                findings.addAll(found(checks.get(i), results.get(i)));
            }
            return List.copyOf(findings);
        }
    }

    private List<Finding> found(Check check, Future<List<Finding>> result)
            throws InterruptedException {
        try {
            return result.get();
        } catch (CancellationException late) {
            return List.of(
                    Finding.unreachable(
                            check.subject(),
                            "nothing was found out within " + limit.toSeconds() + " s",
                            "look whether the network leads there"));
        } catch (ExecutionException fault) {
            LOG.atError().addKeyValue("check", check.subject()).setCause(fault).log("check failed");
            return List.of(
                    Finding.fail(
                            check.subject(),
                            "the check itself failed",
                            "this is a bug in stagedoor, please report it"));
        }
    }
}
