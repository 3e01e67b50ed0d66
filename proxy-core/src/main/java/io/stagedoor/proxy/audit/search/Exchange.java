package io.stagedoor.proxy.audit.search;

import io.stagedoor.proxy.audit.fact.CallerFacts;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One request from its decision to its end.
 *
 * @param begin the record of the decision
 * @param decided what it says
 * @param end the record of the end; empty when it was denied, or is still open
 */
public record Exchange(AuditRecord begin, AuditEvent.Decided decided, Optional<AuditRecord> end) {

    /** Pairs the records of one request; gives nothing when none of them is a decision. */
    public static Optional<Exchange> of(List<AuditRecord> records) {
        Optional<AuditRecord> begin =
                records.stream().filter(r -> r.body() instanceof AuditEvent.Decided).findFirst();
        Optional<AuditRecord> end =
                records.stream().filter(r -> r.body() instanceof AuditEvent.Completed).findFirst();
        return begin.map(r -> new Exchange(r, (AuditEvent.Decided) r.body(), end));
    }

    /** Gives what the record of the end says. */
    public Optional<AuditEvent.Completed> completed() {
        return end.map(AuditRecord::body).map(AuditEvent.Completed.class::cast);
    }

    /** Gives the id of the request, which is that of the decision. */
    public String id() {
        return decided.request().id();
    }

    /** Gives the caller's name for people, or `(unknown)` when no token was accepted. */
    public String who() {
        return decided.caller()
                .map(CallerFacts::principal)
                .map(CallerFacts.PrincipalFacts::name)
                .orElse("(unknown)");
    }

    /** Gives all jobs the request or its answer names. */
    public List<JobMention> jobs() {
        List<JobMention> all = new ArrayList<>(decided.jobs());
        completed().ifPresent(completed -> all.addAll(completed.jobs()));
        return all;
    }
}
