package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.audit.fact.Outcome;
import io.stagedoor.proxy.audit.fact.UpstreamFacts;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.body.JobIds;
import io.stagedoor.proxy.journey.AdmissionTrace;
import java.util.List;
import java.util.Optional;

/** Writes down what came of a permitted request, in the words of the audit record. */
final class CompletionRecords {

    private CompletionRecords() {}

    /** Records a request of which nothing reached the upstream. */
    static AuditEvent.Completed notSent(ExchangeId id, Outcome outcome) {
        return new AuditEvent.Completed(
                id.id(),
                outcome,
                AuditEvent.Writer.EXCHANGE,
                Optional.empty(),
                List.of(),
                List.of());
    }

    /** Records a request that was given the answer to the call that it repeats, and its jobs. */
    static AuditEvent.Completed repeated(ExchangeId id, JobIds jobs) {
        return new AuditEvent.Completed(
                id.id(),
                Outcome.REPEATED,
                AuditEvent.Writer.EXCHANGE,
                Optional.empty(),
                JobRecords.touched(jobs),
                List.of());
    }

    /** Records a request that was sent, with whatever came back. */
    static AuditEvent.Completed sent(
            ExchangeId id,
            AdmissionTrace trace,
            Outcome outcome,
            UpstreamFacts upstream,
            JobIds jobs) {
        return new AuditEvent.Completed(
                id.id(),
                outcome,
                AuditEvent.Writer.EXCHANGE,
                Optional.of(upstream),
                JobRecords.mentions(trace.matched(), jobs),
                JobRecords.edges(jobs));
    }
}
