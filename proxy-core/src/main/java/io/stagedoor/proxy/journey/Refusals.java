package io.stagedoor.proxy.journey;

import io.stagedoor.policy.decision.Decision;
import io.stagedoor.policy.decision.Deny;
import io.stagedoor.policy.decision.MinimalGrant;
import io.stagedoor.policy.decision.Permit;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.http.Explanation;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.List;
import java.util.Optional;

/** Puts the policy's denials into the words of the proxy's refusals. */
public final class Refusals {

    private Refusals() {}

    public static Permit unlessPermitted(Decision decision) throws RefusedException {
        return switch (decision) {
            case Permit permit -> permit;
            case Deny deny ->
                    throw RefusedException.of(codeOf(deny), deny.explanation(), helpFor(deny));
        };
    }

    private static Code codeOf(Deny deny) {
        return switch (deny) {
            case Deny.MissingPermission _ -> Code.NOT_PERMITTED;
            case Deny.OutsideGuardrail _ -> Code.GUARDRAIL;
            case Deny.UnmappedOperation _ -> Code.UNMAPPED_OPERATION;
            case Deny.GroupsUnknown _ -> Code.GROUPS_UNKNOWN;
            case Deny.StaleSnapshot _ -> Code.STALE_SNAPSHOT;
        };
    }

    private static String helpFor(Deny deny) {
        return switch (deny) {
            case Deny.MissingPermission _ ->
                    "ask the owners of the workspace for one of the suggested role assignments";
            case Deny.OutsideGuardrail(String guardrail, var _) ->
                    "ask the owners of the guardrail `" + guardrail + "` to widen it";
            case Deny.UnmappedOperation _ -> "use a documented operation that roles can permit";
            case Deny.GroupsUnknown _ -> "try again shortly; no role is missing as far as is known";
            case Deny.StaleSnapshot _ -> "try again shortly; no role is missing as far as is known";
        };
    }

    /** Returns what a denial explains to the caller: what is missing, and what would suffice. */
    public static Optional<Explanation> explanationOf(Decision decision) {
        return decision instanceof Deny.MissingPermission missing
                ? Optional.of(explain(missing))
                : Optional.empty();
    }

    private static Explanation explain(Deny.MissingPermission denied) {
        List<Explanation.Missing> missing =
                denied.missing().stream()
                        .map(need -> new Explanation.Missing(need.action().name(), scopeOf(need)))
                        .toList();
        List<Explanation.Remedy> remedies =
                denied.minimalGrants().stream()
                        .map(grant -> new Explanation.Remedy(assignments(grant)))
                        .toList();
        return new Explanation(denied.principal().objectId(), missing, remedies);
    }

    private static String scopeOf(BoundRequirement requirement) {
        return switch (requirement) {
            case BoundRequirement.At(var _, Scope scope) -> scope.text();
            case BoundRequirement.Anywhere(var _, Scope root) -> root.text() + "/*";
        };
    }

    private static List<Explanation.Assignment> assignments(MinimalGrant grant) {
        return grant.parts().stream()
                .map(part -> new Explanation.Assignment(part.role().name(), part.scope().text()))
                .toList();
    }
}
