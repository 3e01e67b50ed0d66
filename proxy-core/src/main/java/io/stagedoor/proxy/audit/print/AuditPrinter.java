package io.stagedoor.proxy.audit.print;

import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.search.Exchange;
import io.stagedoor.proxy.audit.search.History;
import io.stagedoor.proxy.audit.search.JobAnswer;
import io.stagedoor.proxy.audit.verify.Verification;
import java.util.List;
import java.util.Optional;

/** Renders answers; every method gives whole lines, the last one with its line feed. */
public interface AuditPrinter {

    /** Gives the printer for people. */
    static AuditPrinter text() {
        return new TextPrinter();
    }

    /** Gives the printer for programs: one JSON document an answer. */
    static AuditPrinter json() {
        return new JsonPrinter();
    }

    /** Renders what is known of a job. */
    String job(JobAnswer answer);

    /** Renders a list of decisions. */
    String history(History history);

    /** Renders records as they stand in the journal, one a line. */
    String tail(List<AuditRecord> records);

    /** Renders the two verdicts of a verification. */
    String verification(Verification verification);

    /** Renders one decision with its reasons, or that there is none of that id. */
    String explanation(String decisionId, Optional<Exchange> exchange);
}
