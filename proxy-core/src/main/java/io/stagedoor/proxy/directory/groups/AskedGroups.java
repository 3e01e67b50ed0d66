package io.stagedoor.proxy.directory.groups;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.GroupOrigin;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.directory.groups.GroupListener.Outcome;
import io.stagedoor.proxy.directory.groups.GroupListener.Shortcoming;
import io.stagedoor.proxy.directory.remote.NoAnswerException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groups of principals as a directory told them, each kept for a while and asked for once at a
 * time, however many want it.
 *
 * <p>An answer counts from when it was asked for. While it is fresh it is used; ahead of its end it
 * is asked for again in the background; beyond it a request waits for a newer one, and uses the old
 * one only if there is none to be had and it is not older than it may be. A directory that does not
 * know the principal any more ends what it told before at once. Safe for any thread.
 */
public final class AskedGroups implements GroupLookup {

    private static final Logger LOG = LoggerFactory.getLogger(AskedGroups.class);

    private final String directory;
    private final GroupSource source;
    private final GroupTimes times;
    private final InstantSource clock;
    private final GroupListener listener;
    private final GroupMembership unknown;
    private final Cache<PrincipalId, Held> held;
    private volatile Optional<Instant> answeredAt = Optional.empty();
    private volatile Optional<String> lastFailure = Optional.empty();
    private volatile List<GroupFinding> findings = List.of();

    /** What is known of one principal, and the asking under way. */
    private static final class Held {

        volatile HeldAnswer answer;
        volatile Optional<CompletableFuture<HeldAnswer>> asking = Optional.empty();

        Held(HeldAnswer answer) {
            this.answer = answer;
        }
    }

    /**
     * Makes an empty memory of a directory, which it closes with itself.
     *
     * @param directory its configured name
     */
    public AskedGroups(
            String directory,
            GroupSource source,
            GroupTimes times,
            InstantSource clock,
            GroupListener listener) {
        this.directory = directory;
        this.source = source;
        this.times = times;
        this.clock = clock;
        this.listener = listener;
        this.unknown =
                new GroupMembership.Unknown(new GroupOrigin(directory, Optional.empty(), true));
        this.held = Caffeine.newBuilder().maximumSize(times.held()).build();
    }

    @Override
    public Optional<GroupMembership> atHand(PrincipalId principal, PrincipalKind kind) {
        Held of = held.getIfPresent(principal);
        if (of == null) {
            return Optional.empty();
        }
        HeldAnswer answer = of.answer;
        long now = clock.millis();
        return now < answer.aheadFrom() ? answer.good() : atHand(of, principal, kind, now);
    }

    private Optional<GroupMembership> atHand(
            Held of, PrincipalId principal, PrincipalKind kind, long now) {
        HeldAnswer answer = of.answer;
        if (now < answer.freshUntil()) {
            if (now >= answer.quietUntil()) {
                var _ = ask(of, principal, kind);
            }
            return answer.good();
        }
        return now < answer.quietUntil() ? Optional.of(best(answer, now)) : Optional.empty();
    }

    @Override
    public GroupMembership find(PrincipalId principal, PrincipalKind kind) {
        Held of = held.get(principal, _ -> new Held(HeldAnswer.nothing(unknown)));
        Optional<GroupMembership> known = atHand(of, principal, kind, clock.millis());
        if (known.isPresent()) {
            return known.get();
        }
        CompletableFuture<HeldAnswer> asking = ask(of, principal, kind);
        try {
            HeldAnswer answer = asking.get(times.patience().toMillis(), TimeUnit.MILLISECONDS);
            return best(answer, clock.millis());
        } catch (TimeoutException | ExecutionException _) {
            noteSlow(of);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return best(of.answer, clock.millis());
    }

    /** Others need not wait for what has kept this one waiting: it goes on in the background. */
    private void noteSlow(Held of) {
        synchronized (of) {
            if (of.asking.isPresent()) {
                of.answer = of.answer.failed(clock.instant(), Optional.empty());
            }
        }
    }

    private GroupMembership best(HeldAnswer answer, long now) {
        if (now < answer.freshUntil()) {
            return answer.good().orElse(unknown);
        }
        boolean usable = answer.good().isEmpty() || now < answer.goodUntil();
        GroupMembership best = usable ? answer.old().orElse(unknown) : unknown;
        listener.onDegraded(
                directory,
                best instanceof GroupMembership.Known ? Shortcoming.OLD : Shortcoming.UNKNOWN);
        return best;
    }

    private CompletableFuture<HeldAnswer> ask(Held of, PrincipalId principal, PrincipalKind kind) {
        CompletableFuture<HeldAnswer> begun = new CompletableFuture<>();
        synchronized (of) {
            if (of.asking.isPresent()) {
                return of.asking.get();
            }
            if (of.answer.isSettled(clock.millis())) {
                return CompletableFuture.completedFuture(of.answer);
            }
            of.asking = Optional.of(begun);
        }
        Thread.ofVirtual()
                .name("groups-" + directory)
                .start(() -> begun.complete(asked(of, principal, kind)));
        return begun;
    }

    private HeldAnswer asked(Held of, PrincipalId principal, PrincipalKind kind) {
        Instant askedAt = clock.instant();
        HeldAnswer before = of.answer;
        HeldAnswer after;
        try {
            Set<PrincipalId> groups = Set.copyOf(source.groupsOf(principal, kind));
            after = before.told(groups, directory, askedAt, times);
            note(Outcome.FOUND, askedAt);
        } catch (NoAnswerException failure) {
            after = without(before, failure);
            note(outcomeOf(failure), askedAt);
            report(failure);
        } catch (RuntimeException bug) {
            LOG.atError().addKeyValue("directory", directory).setCause(bug).log("internal");
            after = before.failed(clock.instant(), Optional.empty());
        }
        synchronized (of) {
            of.answer = after;
            of.asking = Optional.empty();
        }
        return after;
    }

    private HeldAnswer without(HeldAnswer before, NoAnswerException failure) {
        return failure.reason() == NoAnswerException.Reason.NOT_FOUND
                ? HeldAnswer.absent(absent(), clock.instant(), times)
                : before.failed(clock.instant(), failure.retryAfter());
    }

    private GroupMembership absent() {
        return new GroupMembership.Unknown(
                new GroupOrigin(directory, Optional.of(clock.instant()), false));
    }

    private void note(Outcome outcome, Instant askedAt) {
        Instant now = clock.instant();
        if (outcome == Outcome.FOUND || outcome == Outcome.NOT_FOUND) {
            answeredAt = Optional.of(now);
            lastFailure = Optional.empty();
        }
        listener.onAsked(directory, outcome, Duration.between(askedAt, now));
    }

    private static Outcome outcomeOf(NoAnswerException failure) {
        return switch (failure.reason()) {
            case NOT_FOUND -> Outcome.NOT_FOUND;
            case BUSY -> Outcome.THROTTLED;
            case UNAUTHORIZED, FORBIDDEN -> Outcome.REFUSED;
            case UNREACHABLE, UNUSABLE -> Outcome.FAILED;
        };
    }

    /** Says each new failure once, whomever it was about. */
    private void report(NoAnswerException failure) {
        String reason = String.valueOf(failure.getMessage());
        if (failure.reason() == NoAnswerException.Reason.NOT_FOUND) {
            return;
        }
        if (lastFailure.filter(reason::equals).isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .addKeyValue("reason", reason)
                    .log("groups could not be found out");
        }
        lastFailure = Optional.of(reason);
    }

    /** Keeps what was found for {@link #health}. */
    @Override
    public List<GroupFinding> examine() {
        List<GroupFinding> found = List.copyOf(source.examine());
        findings = found;
        for (GroupFinding finding : found) {
            (finding.good() ? LOG.atInfo() : LOG.atError())
                    .addKeyValue("directory", directory)
                    .addKeyValue("tried", finding.name())
                    .addKeyValue("found", finding.detail())
                    .log("a directory of groups was tried out");
        }
        return found;
    }

    @Override
    public void forget(PrincipalId principal) {
        held.invalidate(principal);
    }

    @Override
    public void forgetAll() {
        held.invalidateAll();
    }

    @Override
    public GroupHealth health() {
        List<GroupFinding> found = findings;
        return new GroupHealth(
                directory,
                lastFailure.isEmpty() && found.stream().allMatch(GroupFinding::good),
                held.estimatedSize(),
                answeredAt,
                lastFailure,
                found);
    }

    @Override
    public void close() {
        source.close();
    }
}
