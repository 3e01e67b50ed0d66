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
import io.stagedoor.proxy.authn.Binding;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.body.JobIds;
import io.stagedoor.proxy.journey.AdmissionTrace;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.route.Route;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
                        trace.decidingTook(),
                        RefreshRecords.of(trace),
                        permit.visible().isPresent());
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
                        trace.decidingTook(),
                        RefreshRecords.of(trace),
                        false);
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
                trace.route().map(Route::service),
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
                        id.tenant(), id.objectId(), word(token.kind()), token.label()),
                token.clientApplication(),
                actorsOf(token),
                groupsOf(trace.principal()),
                new CallerFacts.TokenFacts(
                        token.issuerName(),
                        token.tokenId(),
                        token.clientAuthentication().map(DecisionRecords::word),
                        bindingOf(token.binding())));
    }

    private static List<String> actorsOf(VerifiedToken token) {
        Set<String> actors = new LinkedHashSet<>();
        token.actingPrincipals().forEach(actor -> actors.add(actor.objectId()));
        actors.addAll(token.actorChain());
        return List.copyOf(actors);
    }

    private static Optional<String> bindingOf(Binding binding) {
        return binding.isNone()
                ? Optional.empty()
                : Optional.of(
                        Stream.of(
                                        binding.certificate().map(_ -> "certificate"),
                                        binding.key().map(_ -> "key"))
                                .flatMap(Optional::stream)
                                .collect(Collectors.joining(",")));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
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
                    new DecisionFacts.Basis(required, matched(permit, trace), List.of(), List.of());
            case Deny deny ->
                    new DecisionFacts.Basis(
                            required,
                            List.of(),
                            missing(deny),
                            suggestions(deny, Optional.empty()));
        };
    }

    private static List<Assignment> matched(Permit permit, AdmissionTrace trace) {
        Stream<Assignment> own =
                permit.basis().stream().map(basis -> matched(basis, trace, Optional.empty()));
        Stream<Assignment> actors =
                permit.actors().stream()
                        .flatMap(
                                actor ->
                                        actor.basis().stream()
                                                .map(
                                                        basis ->
                                                                matched(
                                                                        basis,
                                                                        trace,
                                                                        Optional.of(
                                                                                actor.principal()
                                                                                        .objectId()))));
        return Stream.concat(own, actors).toList();
    }

    private static Assignment matched(Basis basis, AdmissionTrace trace, Optional<String> actor) {
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
                basis.viaGroup().map(PrincipalId::objectId),
                actor);
    }

    private static List<Requirement> missing(Deny deny) {
        return switch (deny) {
            case Deny.MissingPermission missing -> requirements(missing.missing());
            case Deny.GroupsUnknown unknown -> requirements(unknown.missing());
            case Deny.OnBehalf(var _, var parties) ->
                    parties.stream()
                            .flatMap(party -> missing(party.denial()).stream())
                            .distinct()
                            .toList();
            case Deny.OutsideGuardrail _, Deny.UnmappedOperation _, Deny.StaleSnapshot _ ->
                    List.of();
        };
    }

    /** Where one acts on behalf of another, a suggestion says whom it is for. */
    private static List<Suggestion> suggestions(Deny deny, Optional<String> whom) {
        return switch (deny) {
            case Deny.MissingPermission missing ->
                    missing.minimalGrants().stream().map(grant -> suggestion(grant, whom)).toList();
            case Deny.OnBehalf(var _, var parties) ->
                    parties.stream().flatMap(DecisionRecords::suggestions).toList();
            case Deny.GroupsUnknown _,
                    Deny.OutsideGuardrail _,
                    Deny.UnmappedOperation _,
                    Deny.StaleSnapshot _ ->
                    List.of();
        };
    }

    private static Stream<Suggestion> suggestions(Deny.OnBehalf.Party party) {
        return suggestions(party.denial(), Optional.of(party.principal().objectId())).stream();
    }

    private static List<Requirement> requirements(List<BoundRequirement> requirements) {
        return requirements.stream().map(DecisionRecords::requirement).toList();
    }

    private static Requirement requirement(BoundRequirement requirement) {
        String action = requirement.action().name();
        return switch (requirement) {
            case BoundRequirement.At(var _, var scope) -> new Requirement(action, scope.text());
            case BoundRequirement.Reached reached ->
                    new Requirement(
                            action, reached.scope().text(), Optional.of(reached.pathText()));
            case BoundRequirement.Anywhere(var _, var root) ->
                    new Requirement(action, root.text() + "/*");
        };
    }

    private static Suggestion suggestion(MinimalGrant grant, Optional<String> whom) {
        return new Suggestion(
                grant.parts().stream()
                        .map(part -> new RoleAtScope(part.role().name(), part.scope().text(), whom))
                        .toList());
    }

    private static Optional<String> guardrailOf(Decision decision) {
        return switch (decision) {
            case Deny.OutsideGuardrail(String guardrail, var _) -> Optional.of(guardrail);
            case Deny.OnBehalf(var _, var parties) ->
                    parties.stream()
                            .flatMap(party -> guardrailOf(party.denial()).stream())
                            .findFirst();
            case Permit _,
                    Deny.MissingPermission _,
                    Deny.GroupsUnknown _,
                    Deny.UnmappedOperation _,
                    Deny.StaleSnapshot _ ->
                    Optional.empty();
        };
    }
}
