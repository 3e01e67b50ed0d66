package io.stagedoor.proxy.admin;

import io.stagedoor.proxy.http.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets operators to the resources that are theirs, and has each use recorded before it has an effect:
 * on disk before one that may change something. Who is refused is recorded too.
 */
public final class Gate {

    private final Operators operators;
    private final AdminTrail trail;

    /** Makes the gate. */
    public Gate(Operators operators, AdminTrail trail) {
        this.operators = operators;
        this.trail = trail;
    }

    /** Has a resource answer, if the request may get to it. */
    Answer pass(AdminRequest request, AdminResource resource) throws AdminRefusal {
        return switch (resource.access()) {
            case OPEN -> resource.answer(request);
            case OPERATORS -> {
                Operator operator = identify(request);
                boolean changes = !List.of("GET", "HEAD").contains(request.method());
                trail.record(
                        new AdminUse(
                                operator.actor(),
                                "admin" + request.path().replace('/', '.'),
                                request.path(),
                                details(request, operator.label())),
                        changes);
                yield resource.answer(request.by(operator));
            }
        };
    }

    private Operator identify(AdminRequest request) throws AdminRefusal {
        try {
            List<String> shown = request.fields().all("Authorization");
            if (shown.size() > 1) {
                throw AdminRefusal.of(400, "bad_request", "there are several authorizations");
            }
            return operators.identify(shown.stream().findFirst());
        } catch (AdminRefusal refused) {
            Map<String, String> details = details(request, Optional.empty());
            details.put("code", refused.code());
            trail.record(
                    new AdminUse(AdminUse.NOBODY, "admin.refused", request.path(), details), false);
            throw refused;
        }
    }

    private static Map<String, String> details(AdminRequest request, Optional<String> label) {
        Map<String, String> details = new HashMap<>();
        details.put("method", request.method());
        details.put("address", request.address());
        label.ifPresent(name -> details.put("label", name));
        if (!request.query().isEmpty()) {
            details.put("query", request.query());
        }
        return details;
    }
}
