package io.stagedoor.proxy.refresh.book;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.refresh.site.TableauCallException;
import io.stagedoor.proxy.refresh.site.TableauCalls;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a site about jobs that were started through the proxy until they have ended (Tableau, {@code
 * GET jobs/{id}}): more and more seldom, a bounded number at a time, and not for ever. Safe for any
 * thread.
 */
public final class JobFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobFollower.class);
    private static final int MOST = 500;
    private static final Pattern LUID =
            Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final TableauCalls calls;
    private final Pace pace;
    private final InstantSource clock;
    private final Map<String, Ending> followed = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("tableau-jobs").factory());

    /**
     * How often jobs are asked about.
     *
     * @param first the time before the first question; each further one waits half as long again
     * @param longest the longest time between two questions
     * @param most the time after which a job is given up
     */
    public record Pace(Duration first, Duration longest, Duration most) {

        /** Returns a pace that fits refreshes of minutes and hours. */
        public static Pace usual() {
            return new Pace(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofHours(12));
        }
    }

    /** Hears how a job has ended. */
    @FunctionalInterface
    public interface Ending {

        /**
         * Hears it.
         *
         * @param succeeded whether it did what it should
         * @param at when it ended
         */
        void ended(boolean succeeded, Instant at);
    }

    /** Makes a follower of the jobs of a site. */
    public JobFollower(TableauCalls calls, Pace pace, InstantSource clock) {
        this.calls = calls;
        this.pace = pace;
        this.clock = clock;
    }

    /** Follows a job; nobody hears of one that is one too many, is followed already, or has no id. */
    public void follow(String job, Ending ending) {
        boolean taken =
                LUID.matcher(job).matches()
                        && followed.size() < MOST
                        && followed.putIfAbsent(job, ending) == null;
        if (taken) {
            next(job, pace.first(), clock.instant().plus(pace.most()));
        }
    }

    /** Returns how many jobs are followed. */
    public int following() {
        return followed.size();
    }

    /** Follows no more. */
    @Override
    public void close() {
        timer.shutdownNow();
        followed.clear();
    }

    private void next(String job, Duration wait, Instant end) {
        if (!timer.isShutdown()) {
            var _ =
                    timer.schedule(
                            () -> ask(job, wait, end), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void ask(String job, Duration waited, Instant end) {
        Optional<Boolean> success = Optional.empty();
        Instant at = clock.instant();
        try {
            JsonNode state = calls.get("jobs/" + job).path("job");
            success = success(state);
            at = time(state.path("completedAt")).orElse(at);
        } catch (TableauCallException failure) {
            LOG.atDebug()
                    .addKeyValue("jobId", job)
                    .addKeyValue("reason", failure.why())
                    .log("the site does not tell of a job");
        }
        if (success.isPresent()) {
            end(job, success.get(), at);
        } else if (clock.instant().isBefore(end)) {
            next(job, longer(waited), end);
        } else {
            followed.remove(job);
        }
    }

    private void end(String job, boolean success, Instant at) {
        Optional.ofNullable(followed.remove(job)).ifPresent(ending -> ending.ended(success, at));
    }

    private Duration longer(Duration waited) {
        Duration next = waited.multipliedBy(3).dividedBy(2);
        return next.compareTo(pace.longest()) > 0 ? pace.longest() : next;
    }

    /** Finish codes: 0 success, 1 failed, 2 cancelled; a job that has not ended has no end time. */
    private static Optional<Boolean> success(JsonNode job) {
        boolean ended = job.hasNonNull("completedAt") && job.hasNonNull("finishCode");
        return ended ? Optional.of(job.path("finishCode").asText().equals("0")) : Optional.empty();
    }

    private static Optional<Instant> time(JsonNode text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.asText()).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
