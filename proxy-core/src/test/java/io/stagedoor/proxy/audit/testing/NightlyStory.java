package io.stagedoor.proxy.audit.testing;

import io.stagedoor.proxy.audit.fact.CallerFacts;
import io.stagedoor.proxy.audit.fact.DecisionFacts;
import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.fact.JobMention.Role;
import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.record.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** A night of one pipeline: started, polled, found to have led to Spark, cancelled. */
public final class NightlyStory {
    public static final JobKey TRIGGER = JobKey.of("synapse", "ws1", "triggerRun", "08586000001");
    public static final JobKey ACTIVITY =
            JobKey.of("synapse", "ws1", "activityRun", "3c59dc04-8e88-4f2a-b6b2-90c4e4d0b0a1");
    public static final JobKey LIVY =
            new JobKey("synapse", "ws1", Optional.of("small"), "livyBatch", "12");
    public static final JobKey SPARK =
            JobKey.of("synapse", "ws1", "sparkApplication", "application_1700000000000_0012");

    private NightlyStory() {}

    /** Gives a clock that moves on by so much each time it is read. */
    public static InstantSource steppingClock(Duration step) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-04T05:00:00Z"));
        return () -> now.getAndUpdate(instant -> instant.plus(step));
    }

    /** Tells it to a journal, once what the journal writes at its opening is on disk. */
    public static void tell(Journal journal) throws Exception {
        Awaitility.await().until(() -> journal.durableSeq() >= 1 && journal.health().queued() == 0);
        append(journal, SomeEvents.permitted("d-start"));
        append(
                journal,
                SomeEvents.completed(
                        "d-start",
                        202,
                        List.of(new JobMention(Role.STARTED, SomeEvents.run())),
                        List.of()));
        for (int i = 0; i < 5; i++) {
            append(journal, SomeEvents.polled("d-poll-" + i, SomeEvents.run()));
            append(journal, SomeEvents.completed("d-poll-" + i, 200, List.of(), List.of()));
        }
        append(journal, SomeEvents.polled("d-activities", SomeEvents.run()));
        append(journal, SomeEvents.completed("d-activities", 200, List.of(), edges()));
        append(journal, cancel("d-bob", bob(), SomeEvents.deny("not_permitted")));
        append(journal, cancel("d-ada", SomeEvents.ada(), SomeEvents.permit()));
        append(journal, SomeEvents.completed("d-ada", 200, List.of(), List.of()));
    }

    public static List<JobEdge> edges() {
        return List.of(
                new JobEdge(TRIGGER, SomeEvents.run()),
                new JobEdge(SomeEvents.run(), ACTIVITY),
                new JobEdge(ACTIVITY, LIVY),
                new JobEdge(LIVY, SPARK));
    }

    private static AuditEvent.Decided cancel(
            String id, CallerFacts caller, DecisionFacts decision) {
        return new AuditEvent.Decided(
                SomeEvents.request(id, "POST", "CancelPipelineRun", "pipelineRun", SomeEvents.RUN),
                Optional.of(caller),
                decision,
                SomeEvents.versions(),
                List.of(new JobMention(Role.CANCELLED, SomeEvents.run())));
    }

    private static CallerFacts bob() {
        return SomeEvents.caller(
                "22222222-2222-4222-8222-222222222222", "bob\u001b[31m@contoso.example");
    }

    private static void append(Journal journal, AuditEvent event) throws Exception {
        Journals.append(journal, event);
    }
}
