package io.stagedoor.proxy.operator;

import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.AdminTrail;
import io.stagedoor.proxy.admin.AdminUse;
import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.record.AuditEvent;
import java.util.concurrent.CompletionException;

/**
 * Writes uses of the operators' port to the audit trail, as its records of administration.
 *
 * @param trail takes them
 */
public record RecordedUses(AuditTrail trail) implements AdminTrail {

    @Override
    public void record(AdminUse use, boolean durably) throws AdminRefusal {
        AuditEvent.Admin event =
                new AuditEvent.Admin(use.actor(), use.action(), use.subject(), use.details());
        boolean recorded = durably ? onDisk(event) : trail.appendWithinWindow(event);
        if (!recorded) {
            throw AdminRefusal.of(
                            503,
                            "journal_unavailable",
                            "this cannot be recorded at present, so it is not done",
                            "see `/health`")
                    .with("Retry-After", "5");
        }
    }

    private boolean onDisk(AuditEvent.Admin event) {
        try {
            trail.append(event).toCompletableFuture().join();
            return true;
        } catch (CompletionException notWritten) {
            return false;
        }
    }
}
