package io.stagedoor.proxy.audit.print;

import io.stagedoor.proxy.audit.fact.CallerFacts;
import io.stagedoor.proxy.audit.fact.DecisionFacts;
import io.stagedoor.proxy.audit.fact.DecisionFacts.Assignment;
import io.stagedoor.proxy.audit.fact.DecisionFacts.Verdict;
import io.stagedoor.proxy.audit.fact.Outcome;
import io.stagedoor.proxy.audit.fact.RequestFacts;
import io.stagedoor.proxy.audit.fact.UpstreamFacts;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.search.Exchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of an exchange, in words. */
final class ExchangeText {
    private ExchangeText() {}

    static boolean isDenied(Exchange exchange) {
        return exchange.decided().decision().verdict() == Verdict.DENY;
    }

    /** Tells whether the upstream answered that it did as it was asked. */
    static boolean succeeded(Exchange exchange) {
        return exchange.completed()
                .filter(completed -> completed.outcome() == Outcome.ANSWERED)
                .flatMap(AuditEvent.Completed::upstream)
                .flatMap(UpstreamFacts::status)
                .filter(status -> status / 100 == 2)
                .isPresent();
    }

    /** Gives how it ended in a word or two: a status, a refusal code, or what is known. */
    static String result(Exchange exchange) {
        if (isDenied(exchange)) {
            return Plain.safe(exchange.decided().decision().code());
        }
        return exchange.completed().map(ExchangeText::result).orElse("still open");
    }

    /** Gives what the upstream did, as a sentence. */
    static String upstream(Exchange exchange) {
        if (isDenied(exchange)) {
            return "not asked: nothing was forwarded";
        }
        return exchange.completed().map(ExchangeText::upstream).orElse("no end is recorded yet");
    }

    static String caller(Exchange exchange) {
        return exchange.decided()
                .caller()
                .map(ExchangeText::caller)
                .orElse("(unknown: no token was accepted)");
    }

    /** Gives the client application and where it called from. */
    static String client(Exchange exchange) {
        RequestFacts.ClientFacts client = exchange.decided().request().client();
        String application =
                exchange.decided()
                        .caller()
                        .flatMap(CallerFacts::clientApplication)
                        .orElse("an unknown application");
        String agent = client.userAgent().map(text -> " (" + text + ")").orElse("");
        return Plain.safe(application + " from " + client.address() + agent);
    }

    /** Gives, for a permit, a line for each role assignment that gave it. */
    static List<String> reasons(DecisionFacts decision) {
        return decision.basis().matched().stream()
                .map(ExchangeText::assignment)
                .distinct()
                .toList();
    }

    /** Gives the smallest sets of assignments that would have changed a denial, a line each. */
    static List<String> suggestions(DecisionFacts decision) {
        return decision.basis().suggestions().stream()
                .map(
                        suggestion ->
                                suggestion.parts().stream()
                                        .map(ExchangeText::suggested)
                                        .map(Plain::safe)
                                        .collect(Collectors.joining(", and ")))
                .toList();
    }

    /** Gives, for a guarded refresh, a line for each look at what it reads from. */
    static List<String> evidence(DecisionFacts decision) {
        return decision.refresh().stream()
                .flatMap(seen -> seen.checks().stream())
                .map(
                        check ->
                                Plain.safe(
                                        check.name()
                                                + " was "
                                                + check.verdict()
                                                + " at "
                                                + Plain.time(check.at())
                                                + ": "
                                                + check.value()))
                .toList();
    }

    private static String suggested(DecisionFacts.RoleAtScope part) {
        String whom = part.principal().map(id -> " for " + id).orElse("");
        return part.role() + " at " + part.scope() + whom;
    }

    static String verdict(DecisionFacts decision) {
        String code = decision.code();
        return decision.verdict() == Verdict.PERMIT
                ? Plain.safe("permit: " + decision.explanation())
                : Plain.safe("deny (" + code + "): " + decision.explanation());
    }

    static String result(AuditEvent.Completed completed) {
        Optional<Integer> status = completed.upstream().flatMap(UpstreamFacts::status);
        return status.isPresent() && completed.outcome() == Outcome.ANSWERED
                ? status.get().toString()
                : word(completed.outcome());
    }

    private static String upstream(AuditEvent.Completed completed) {
        String recovered =
                completed.writer() == AuditEvent.Writer.RECOVERY
                        ? "unknown: the proxy ended before the exchange did"
                        : "unknown: it may have reached the upstream";
        String facts = completed.upstream().map(ExchangeText::facts).orElse("");
        return switch (completed.outcome()) {
            case ANSWERED -> "answered" + facts + removed(completed);
            case CUT_SHORT -> "cut short" + facts;
            case REVOKED -> "ended under way" + why(completed) + facts;
            case UNREACHABLE -> "unreachable: nothing was sent" + facts;
            case NOT_SENT -> "not asked: the proxy gave up after deciding" + facts;
            case REPEATED -> "not asked: an earlier call of the same client was answered again";
            case UNKNOWN -> recovered + facts;
        };
    }

    private static String removed(AuditEvent.Completed completed) {
        return completed.removed().isPresent()
                ? ", " + completed.removed().getAsInt() + " items of the list not shown"
                : "";
    }

    private static String why(AuditEvent.Completed completed) {
        return completed.reason().map(code -> " (" + Plain.safe(code) + ")").orElse("");
    }

    private static String facts(UpstreamFacts upstream) {
        String status = upstream.status().map(code -> " " + code).orElse("");
        String id = upstream.requestId().map(text -> ", its request id " + text).orElse("");
        String failure = upstream.failure().map(text -> ": " + text).orElse("");
        return Plain.safe(
                String.format(
                        Locale.ROOT,
                        "%s by %s as %s in %s%s%s",
                        status,
                        upstream.host(),
                        upstream.identity(),
                        Plain.duration(upstream.duration()),
                        id,
                        failure));
    }

    private static String caller(CallerFacts caller) {
        CallerFacts.PrincipalFacts who = caller.principal();
        String name = who.label().map(label -> label + ", ").orElse("");
        String actors =
                caller.actors().isEmpty() ? "" : ", through " + String.join(", ", caller.actors());
        return Plain.safe(name + who.kind() + " " + who.objectId() + actors);
    }

    private static String assignment(Assignment assignment) {
        String via = assignment.viaGroup().map(group -> " via group " + group).orElse("");
        String whose = assignment.actor().map(actor -> " of the agent " + actor).orElse("");
        return Plain.safe(
                String.format(
                        Locale.ROOT,
                        "%s at %s%s%s [%s, from %s]",
                        assignment.role(),
                        assignment.scope(),
                        via,
                        whose,
                        assignment.id(),
                        assignment.source()));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
