package io.stagedoor.proxy.operator;

import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.rotation.RotationTrail;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * Writes changes of embedded credentials to the audit trail, as its records of administration.
 *
 * @param trail takes them
 */
public record RecordedRotations(AuditTrail trail) implements RotationTrail {

    private static final String ACTION = "connections.rotate";

    @Override
    public boolean record(String actor, String subject, Map<String, String> details) {
        try {
            trail.append(new AuditEvent.Admin(actor, ACTION, subject, details))
                    .toCompletableFuture()
                    .join();
            return true;
        } catch (CompletionException notWritten) {
            return false;
        }
    }
}
