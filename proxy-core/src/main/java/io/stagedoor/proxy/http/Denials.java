package io.stagedoor.proxy.http;

import io.stagedoor.policy.decision.Deny;
import io.stagedoor.policy.decision.MinimalGrant;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import java.util.List;
import java.util.Optional;

/** Puts a denial of policy into the words of a refusal and of its explanation. */
public final class Denials {

    private Denials() {}

    /** Returns the refusal that a denial means. */
    public static Refusal refusalOf(Deny deny) {
        return Refusal.of(codeOf(deny), deny.explanation(), helpFor(deny));
    }

    private static Code codeOf(Deny deny) {
        return switch (deny) {
            case Deny.MissingPermission _ -> Code.NOT_PERMITTED;
            case Deny.OutsideGuardrail _ -> Code.GUARDRAIL;
            case Deny.UnmappedOperation _ -> Code.UNMAPPED_OPERATION;
            case Deny.GroupsUnknown _ -> Code.GROUPS_UNKNOWN;
            case Deny.StaleSnapshot _ -> Code.STALE_SNAPSHOT;
            case Deny.OnBehalf onBehalf -> codeOf(onBehalf.decisive().denial());
        };
    }

    private static String helpFor(Deny deny) {
        return switch (deny) {
            case Deny.MissingPermission _ ->
                    "ask the owners of the workspace for one of the suggested role assignments";
            case Deny.OutsideGuardrail outside ->
                    "ask the owners of the guardrail `" + outside.guardrail() + "` to widen it";
            case Deny.UnmappedOperation _ -> "use a documented operation that roles can permit";
            case Deny.GroupsUnknown _, Deny.StaleSnapshot _ ->
                    "try again shortly; no role is missing as far as is known";
            case Deny.OnBehalf onBehalf -> helpFor(onBehalf.decisive().denial());
        };
    }

    /** Returns what is missing and the minimal remedies, where a denial has them. */
    public static Optional<Explanation> explanationOf(Deny deny) {
        return switch (deny) {
            case Deny.MissingPermission missing -> Optional.of(explanationOf(missing));
            case Deny.OnBehalf onBehalf -> explanationOf(onBehalf.decisive().denial());
            case Deny.OutsideGuardrail _,
                    Deny.UnmappedOperation _,
                    Deny.GroupsUnknown _,
                    Deny.StaleSnapshot _ ->
                    Optional.empty();
        };
    }

    private static Explanation explanationOf(Deny.MissingPermission missing) {
        return new Explanation(
                missing.principal().objectId(),
                missing.missing().stream().map(Denials::missing).toList(),
                missing.minimalGrants().stream().map(Denials::remedy).toList());
    }

    /** The service writes the scope of what may be held anywhere as {@code workspaces/w/*}. */
    private static Explanation.Missing missing(BoundRequirement requirement) {
        String scope =
                switch (requirement) {
                    case BoundRequirement.At at -> at.scope().text();
                    case BoundRequirement.Reached reached -> reached.scope().text();
                    case BoundRequirement.Anywhere anywhere -> anywhere.root().text() + "/*";
                };
        return new Explanation.Missing(requirement.action().name(), scope);
    }

    private static Explanation.Remedy remedy(MinimalGrant grant) {
        List<Explanation.Assignment> assignments =
                grant.parts().stream()
                        .map(
                                part ->
                                        new Explanation.Assignment(
                                                part.role().name(), part.scope().text()))
                        .toList();
        return new Explanation.Remedy(assignments);
    }
}
