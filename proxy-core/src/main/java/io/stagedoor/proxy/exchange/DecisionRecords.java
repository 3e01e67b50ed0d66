package io.stagedoor.proxy.exchange;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.decision.Basis;
import io.stagedoor.policy.decision.Decision;
import io.stagedoor.policy.decision.Deny;
import io.stagedoor.policy.decision.MinimalGrant;
import io.stagedoor.policy.decision.Permit;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.operation.NamedResource;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.GroupOrigin;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.audit.fact.CallerFacts;
import io.stagedoor.proxy.audit.fact.DecisionFacts;
import io.stagedoor.proxy.audit.fact.DecisionFacts.Assignment;
import io.stagedoor.proxy.audit.fact.DecisionFacts.Requirement;
import io.stagedoor.proxy.audit.fact.DecisionFacts.RoleAtScope;
import io.stagedoor.proxy.audit.fact.DecisionFacts.Suggestion;
import io.stagedoor.proxy.audit.fact.DecisionFacts.Verdict;
import io.stagedoor.proxy.audit.fact.RequestFacts;
import io.stagedoor.proxy.audit.fact.ResourceKey;
import io.stagedoor.proxy.audit.fact.VersionFacts;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.body.JobIds;
import io.stagedoor.proxy.journey.AdmissionTrace;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes down what was decided about a request, in the words of the audit record. */
final class DecisionRecords {

    private final String product;
    private final PermitMemo memo = new PermitMemo();

    /** Makes the writer of one version of the proxy. */
    DecisionRecords(String product) {
        this.product = product;
    }

    /** Records that a request may go on. */
    AuditEvent.Decided permitted(ExchangeId id, AdmissionTrace trace, Permit permit, JobIds jobs) {
        VerifiedToken token = trace.token().orElseThrow();
        PermitMemo.Words words =
                memo.of(token, originOf(trace), permit, () -> wordsOf(token, trace, permit));
        DecisionFacts facts =
                new DecisionFacts(
                        Verdict.PERMIT,
                        permit.code(),
                        words.explanation(),
                        words.basis(),
                        Optional.empty(),
                        trace.decidingTook());
        return decided(id, trace, Optional.of(words.caller()), facts, jobs);
    }

    private static PermitMemo.Words wordsOf(
            VerifiedToken token, AdmissionTrace trace, Permit permit) {
        return new PermitMemo.Words(callerOf(token, trace), permit.explanation(), basisOf(trace));
    }

    /** Records that a request was refused, at whatever stage. */
    AuditEvent.Decided refused(ExchangeId id, AdmissionTrace trace, Refusal refusal, JobIds jobs) {
        DecisionFacts facts =
                new DecisionFacts(
                        Verdict.DENY,
                        refusal.code().text(),
                        refusal.sentence(),
                        basisOf(trace),
                        trace.decision().flatMap(DecisionRecords::guardrailOf),
                        trace.decidingTook());
        return decided(id, trace, trace.token().map(token -> callerOf(token, trace)), facts, jobs);
    }

    private AuditEvent.Decided decided(
            ExchangeId id,
            AdmissionTrace trace,
            Optional<CallerFacts> caller,
            DecisionFacts facts,
            JobIds jobs) {
        return new AuditEvent.Decided(
                requestOf(id, trace),
                caller,
                facts,
                versionsOf(trace),
                JobRecords.mentions(trace.matched(), jobs));
    }

    private static RequestFacts requestOf(ExchangeId id, AdmissionTrace trace) {
        Optional<Operation> operation = trace.matched().map(matched -> matched.operation());
        return new RequestFacts(
                id.id(),
                trace.route().map(Route::workspace),
                id.method(),
                operation.map(found -> found.path().toString()).orElse(id.target()),
                operation.map(Operation::name),
                operation.map(found -> found.effect().isStateChanging()).orElse(false),
                trace.operation().map(DecisionRecords::resourceOf),
                id.client());
    }

    private static ResourceKey resourceOf(BoundOperation bound) {
        Operation operation = bound.operation();
        String platform = operation.platform().name().toLowerCase(Locale.ROOT);
        String workspace = bound.root().rootName();
        for (NamedResource resource : operation.traits().resources()) {
            Optional<String> name = bound.resource(resource.kind());
            if (name.isPresent()) {
                return new ResourceKey(platform, workspace, resource.kind(), name);
            }
        }
        return new ResourceKey(platform, workspace, operation.kind(), Optional.empty());
    }

    private static CallerFacts callerOf(VerifiedToken token, AdmissionTrace trace) {
        PrincipalId id = token.principal();
        return new CallerFacts(
                new CallerFacts.PrincipalFacts(
                        id.tenant(),
                        id.objectId(),
                        token.kind().name().toLowerCase(Locale.ROOT),
                        token.label()),
                token.clientApplication(),
                token.actorChain(),
                groupsOf(trace.principal()),
                new CallerFacts.TokenFacts(token.issuerName(), token.tokenId()));
    }

    private static CallerFacts.GroupFacts groupsOf(Optional<Principal> principal) {
        return principal
                .map(Principal::groups)
                .map(
                        groups ->
                                switch (groups) {
                                    case GroupMembership.Known(var all, var origin) ->
                                            groupsOf(all.size(), true, origin);
                                    case GroupMembership.Unknown(var origin) ->
                                            groupsOf(0, false, origin);
                                })
                .orElseGet(() -> groupsOf(0, false, GroupOrigin.NONE));
    }

    private static CallerFacts.GroupFacts groupsOf(
            int count, boolean complete, GroupOrigin origin) {
        boolean isElsewhere = !origin.equals(GroupOrigin.TOKEN) && !origin.equals(GroupOrigin.NONE);
        return new CallerFacts.GroupFacts(
                count,
                complete,
                isElsewhere ? Optional.of(origin.source()) : Optional.empty(),
                origin.degraded());
    }

    private static GroupOrigin originOf(AdmissionTrace trace) {
        return trace.principal()
                .map(principal -> principal.groups().origin())
                .orElse(GroupOrigin.NONE);
    }

    private VersionFacts versionsOf(AdmissionTrace trace) {
        Optional<Duration> age =
                trace.snapshot().map(snapshot -> snapshot.ageAt(trace.startedAt()));
        Optional<Duration> groupsAge =
                originOf(trace)
                        .ageAt(trace.startedAt())
                        .map(each -> each.isNegative() ? Duration.ZERO : each);
        return new VersionFacts(trace.snapshot().map(AccessSnapshot::id), age, groupsAge, product);
    }

    private static DecisionFacts.Basis basisOf(AdmissionTrace trace) {
        if (trace.operation().isEmpty()) {
            return DecisionFacts.Basis.NONE;
        }
        List<Requirement> required = requirements(trace.operation().get().requirements());
        return trace.decision()
                .map(decision -> basisOf(required, decision, trace))
                .orElseGet(
                        () -> new DecisionFacts.Basis(required, List.of(), List.of(), List.of()));
    }

    private static DecisionFacts.Basis basisOf(
            List<Requirement> required, Decision decision, AdmissionTrace trace) {
        return switch (decision) {
            case Permit permit ->
                    new DecisionFacts.Basis(
                            required,
                            permit.basis().stream().map(basis -> matched(basis, trace)).toList(),
                            List.of(),
                            List.of());
            case Deny.MissingPermission missing ->
                    new DecisionFacts.Basis(
                            required,
                            List.of(),
                            requirements(missing.missing()),
                            missing.minimalGrants().stream()
                                    .map(DecisionRecords::suggestion)
                                    .toList());
            case Deny.GroupsUnknown unknown ->
                    new DecisionFacts.Basis(
                            required, List.of(), requirements(unknown.missing()), List.of());
            case Deny.OutsideGuardrail _, Deny.UnmappedOperation _, Deny.StaleSnapshot _ ->
                    new DecisionFacts.Basis(required, List.of(), List.of(), List.of());
        };
    }

    private static Assignment matched(Basis basis, AdmissionTrace trace) {
        String role =
                trace.snapshot()
                        .flatMap(snapshot -> snapshot.definitionOf(basis.assignment()))
                        .map(definition -> definition.name())
                        .orElse(basis.assignment().roleDefinitionId());
        return new Assignment(
                basis.requirement().action().name(),
                basis.assignment().id(),
                role,
                basis.assignment().scope().text(),
                basis.assignment().source(),
                basis.viaGroup().map(PrincipalId::objectId));
    }

    private static List<Requirement> requirements(List<BoundRequirement> requirements) {
        return requirements.stream().map(DecisionRecords::requirement).toList();
    }

    private static Requirement requirement(BoundRequirement requirement) {
        String action = requirement.action().name();
        return switch (requirement) {
            case BoundRequirement.At(var _, var scope) -> new Requirement(action, scope.text());
            case BoundRequirement.Anywhere(var _, var root) ->
                    new Requirement(action, root.text() + "/*");
        };
    }

    private static Suggestion suggestion(MinimalGrant grant) {
        return new Suggestion(
                grant.parts().stream()
                        .map(part -> new RoleAtScope(part.role().name(), part.scope().text()))
                        .toList());
    }

    private static Optional<String> guardrailOf(Decision decision) {
        return decision instanceof Deny.OutsideGuardrail(String guardrail, var _)
                ? Optional.of(guardrail)
                : Optional.empty();
    }
}
