package io.stagedoor.proxy.rotation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.refresh.site.TableauCallException;
import io.stagedoor.proxy.refresh.site.TableauCalls;
import io.stagedoor.proxy.rotation.EmbeddedConnection.UnreadablePasswordException;
import io.stagedoor.proxy.rotation.RotationOutcome.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sets the embedded credentials of one site's connections, one after the other and one round at a
 * time.
 *
 * <p>A connection is due when its user or password is not what was set last, when nothing was set
 * since the start, or when its time is over. That somebody begins is on disk before Tableau hears of
 * it, and what came of it afterwards. What fails is left alone for a while, longer each time. Safe for
 * any thread; waits.
 */
public final class ConnectionRotation {

    private static final Duration FIRST_REST = Duration.ofMinutes(1);
    private static final Duration LONGEST_REST = Duration.ofHours(1);

    private final String site;
    private final List<EmbeddedConnection> connections;
    private final TableauCalls calls;
    private final RotationTrail trail;
    private final InstantSource clock;
    private final LastApplied applied = new LastApplied();
    private final Map<EmbeddedConnection, Rest> resting = new ConcurrentHashMap<>();
    private final ReentrantLock round = new ReentrantLock();

    private record Rest(int failures, Instant until, String why) {}

    /**
     * How a round goes.
     *
     * @param actor on whose behalf
     * @param dryRun whether nothing is changed
     * @param all whether everything is set, due or not
     * @param patient whether what failed a moment ago is left alone
     */
    public record Round(String actor, boolean dryRun, boolean all, boolean patient) {

        /** Returns a round of the schedule. */
        public static Round scheduled() {
            return new Round("stagedoor", false, false, true);
        }

        /** Returns a round that an operator asked for. */
        public static Round asked(String operator, boolean dryRun, boolean all) {
            return new Round(operator, dryRun, all, false);
        }
    }

    private record Due(String connection, Optional<String> why, String password) {}

    /** Makes the rotation of a site; nothing is asked yet. */
    public ConnectionRotation(
            String site,
            List<EmbeddedConnection> connections,
            TableauCalls calls,
            RotationTrail trail,
            InstantSource clock) {
        this.site = site;
        this.connections = List.copyOf(connections);
        this.calls = calls;
        this.trail = trail;
        this.clock = clock;
    }

    /** Returns the site's configured name. */
    public String site() {
        return site;
    }

    /**
     * Goes through all connections.
     *
     * @return what came of each; nothing if another round is under way
     */
    public Optional<List<RotationOutcome>> rotate(Round how) {
        if (!round.tryLock()) {
            return Optional.empty();
        }
        try {
            List<RotationOutcome> outcomes = new ArrayList<>();
            connections.stream()
                    .filter(each -> !how.patient() || !isResting(each))
                    .forEach(each -> outcomes.addAll(rotate(each, how)));
            return Optional.of(outcomes);
        } finally {
            round.unlock();
        }
    }

    /** Returns what does not work at present, a sentence each. */
    public List<String> failures() {
        return connections.stream()
                .filter(resting::containsKey)
                .map(
                        each ->
                                each.content().text()
                                        + ": "
                                        + Optional.ofNullable(resting.get(each))
                                                .map(Rest::why)
                                                .orElse("works again"))
                .toList();
    }

    private boolean isResting(EmbeddedConnection each) {
        return Optional.ofNullable(resting.get(each))
                .filter(rest -> clock.instant().isBefore(rest.until()))
                .isPresent();
    }

    private List<RotationOutcome> rotate(EmbeddedConnection each, Round how) {
        List<RotationOutcome> outcomes = attempt(each, how);
        Optional<String> failure =
                outcomes.stream()
                        .filter(outcome -> outcome.result() == Result.FAILED)
                        .map(RotationOutcome::detail)
                        .findFirst();
        if (!how.dryRun()) {
            resting.compute(each, (_, rest) -> failure.map(why -> longer(rest, why)).orElse(null));
        }
        return outcomes;
    }

    private Rest longer(@Nullable Rest before, String why) {
        int failures = before == null ? 0 : Math.min(before.failures() + 1, 10);
        Duration rest = FIRST_REST.multipliedBy(1L << failures);
        Duration bounded = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
        return new Rest(failures, clock.instant().plus(bounded), why);
    }

    private List<RotationOutcome> attempt(EmbeddedConnection each, Round how) {
        try {
            String password = each.password().read();
            List<RotationOutcome> outcomes = new ArrayList<>();
            for (FoundConnection found : meant(each)) {
                Due due = new Due(found.id(), why(each, found, password, how), password);
                outcomes.add(outcome(each, due, how));
            }
            return outcomes.isEmpty()
                    ? List.of(failed(each, "", "no connection of it is as the configuration says"))
                    : outcomes;
        } catch (UnreadablePasswordException failure) {
            return List.of(failed(each, "", String.valueOf(failure.getMessage())));
        } catch (TableauCallException failure) {
            return List.of(failed(each, "", failure.why()));
        }
    }

    private List<FoundConnection> meant(EmbeddedConnection each) throws TableauCallException {
        EmbeddedConnection.Kind kind = each.content().kind();
        String path = kind.segment() + "/" + each.content().id() + "/connections";
        return FoundConnection.listed(kind, calls.get(path)).stream()
                .filter(each.chosen()::isMeant)
                .toList();
    }

    /** Returns why a connection is to be set; empty if it is not. */
    private Optional<String> why(
            EmbeddedConnection each, FoundConnection found, String password, Round how) {
        if (!found.user().equals(each.user())) {
            return Optional.of("the user `" + found.user() + "` becomes `" + each.user() + "`");
        }
        Optional<Instant> setAt = applied.setAt(found.id(), each.user(), password);
        if (setAt.isEmpty()) {
            return Optional.of(
                    applied.isKnown(found.id())
                            ? "the password has changed"
                            : "nothing was set since the proxy was started");
        }
        Instant now = clock.instant();
        if (each.every().filter(time -> !now.isBefore(setAt.get().plus(time))).isPresent()) {
            return Optional.of("it was set last at " + setAt.get());
        }
        return how.all() ? Optional.of("all are to be set") : Optional.empty();
    }

    private RotationOutcome outcome(EmbeddedConnection each, Due due, Round how) {
        String content = each.content().text();
        if (due.why().isEmpty()) {
            return new RotationOutcome(content, due.connection(), Result.UNCHANGED, "set already");
        }
        String why = due.why().get();
        return how.dryRun()
                ? new RotationOutcome(content, due.connection(), Result.WOULD_SET, why)
                : set(each, due, how.actor());
    }

    private RotationOutcome set(EmbeddedConnection each, Due due, String actor) {
        String why = due.why().orElse("");
        String subject = site + "/" + each.content().text() + "/connection/" + due.connection();
        if (!trail.record(actor, subject, details(each, "begun", why))) {
            return failed(each, due.connection(), "it cannot be recorded, so it is not done");
        }
        RotationOutcome outcome = put(each, due);
        String result = outcome.result() == Result.SET ? "set" : "failed";
        boolean recorded = trail.record(actor, subject, details(each, result, outcome.detail()));
        return recorded
                ? outcome
                : failed(each, due.connection(), outcome.detail() + "; it could not be recorded");
    }

    private static Map<String, String> details(EmbeddedConnection each, String result, String why) {
        return Map.of("result", result, "user", each.user(), "reason", why);
    }

    private RotationOutcome put(EmbeddedConnection each, Due due) {
        EmbeddedConnection.Content content = each.content();
        boolean virtual = content.kind() == EmbeddedConnection.Kind.VIRTUAL_CONNECTION;
        String path =
                content.kind().segment()
                        + "/"
                        + content.id()
                        + "/connections/"
                        + due.connection()
                        + (virtual ? "/modify" : "");
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode connection = document.putObject("connection");
        connection.put(virtual ? "username" : "userName", each.user());
        connection.put("password", due.password());
        if (!virtual) {
            connection.put("embedPassword", true);
        }
        try {
            var _ = calls.put(path, document.toString());
        } catch (TableauCallException failure) {
            return failed(each, due.connection(), failure.why());
        }
        applied.remember(due.connection(), each.user(), due.password(), clock.instant());
        return new RotationOutcome(
                content.text(), due.connection(), Result.SET, due.why().orElse(""));
    }

    private static RotationOutcome failed(EmbeddedConnection each, String connection, String why) {
        return new RotationOutcome(each.content().text(), connection, Result.FAILED, why);
    }
}
