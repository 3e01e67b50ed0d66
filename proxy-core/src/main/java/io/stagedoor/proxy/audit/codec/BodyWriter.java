package io.stagedoor.proxy.audit.codec;

import io.stagedoor.proxy.audit.fact.CallerFacts;
import io.stagedoor.proxy.audit.fact.DecisionFacts;
import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.fact.RefreshFacts;
import io.stagedoor.proxy.audit.fact.RequestFacts;
import io.stagedoor.proxy.audit.fact.ResourceKey;
import io.stagedoor.proxy.audit.fact.UpstreamFacts;
import io.stagedoor.proxy.audit.fact.VersionFacts;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.JournalEvent;
import io.stagedoor.proxy.audit.record.RecordBody;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;

/** Writes the members of each kind of record body, in their one order. */
final class BodyWriter {
    private final CanonicalWriter json;

    BodyWriter(CanonicalWriter json) {
        this.json = json;
    }

    void write(RecordBody body) {
        switch (body) {
            case AuditEvent.Decided decided -> decided(decided);
            case AuditEvent.Completed completed -> completed(completed);
            case AuditEvent.Admin admin -> admin(admin);
            case AuditEvent.Followed followed -> followed(followed);
            case JournalEvent.Checkpoint(var reason, int open) ->
                    json.text("reason", word(reason)).number("open", open);
            case JournalEvent.SegmentOpened opened -> segmentOpened(opened);
            case JournalEvent.SegmentSealed(String journal, var digest) ->
                    json.text("journal", journal).object("digest", () -> digest(digest));
        }
    }

    /** Gives the word an enum constant is written as. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void decided(AuditEvent.Decided decided) {
        json.object("request", () -> request(decided.request()));
        decided.caller()
                .ifPresent(
                        caller ->
                                json.remembered(
                                        caller, () -> json.object("caller", () -> caller(caller))));
        json.object("decision", () -> decision(decided.decision()));
        json.object("versions", () -> versions(decided.versions()));
        json.list("jobs", decided.jobs(), this::mention);
    }

    private void completed(AuditEvent.Completed completed) {
        json.object("request", () -> json.text("id", completed.requestId()));
        json.text("outcome", word(completed.outcome()))
                .text("reason", completed.reason())
                .text("writer", word(completed.writer()));
        completed.upstream().ifPresent(facts -> json.object("upstream", () -> upstream(facts)));
        json.list("jobs", completed.jobs(), this::mention);
        json.list("edges", completed.edges(), this::edge);
        completed.removed().ifPresent(items -> json.number("removed", items));
    }

    private void admin(AuditEvent.Admin admin) {
        json.text("actor", admin.actor())
                .text("action", admin.action())
                .text("subject", admin.subject())
                .list(
                        "details",
                        new TreeMap<>(admin.details()).entrySet().stream().toList(),
                        entry ->
                                json.element(
                                        () ->
                                                json.text("name", entry.getKey())
                                                        .text("value", entry.getValue())));
    }

    private void followed(AuditEvent.Followed followed) {
        json.text("actor", followed.actor())
                .object("run", () -> key(followed.run()))
                .text("status", followed.status())
                .list("edges", followed.edges(), this::edge);
    }

    private void segmentOpened(JournalEvent.SegmentOpened opened) {
        json.text("journal", opened.journal()).number("segment", opened.segment());
        opened.previous().ifPresent(digest -> json.object("previous", () -> digest(digest)));
        json.texts("open", opened.open());
    }

    private void digest(JournalEvent.SegmentDigest digest) {
        json.number("segment", digest.segment())
                .number("first_seq", digest.firstSeq())
                .number("last_seq", digest.lastSeq())
                .number("count", digest.count())
                .text("sha256", digest.sha256());
    }

    private void request(RequestFacts request) {
        json.text("id", request.id())
                .text("route", request.route())
                .text("method", request.method())
                .text("path", request.path())
                .text("operation", request.operation())
                .flag("state_changing", request.stateChanging());
        request.resource().ifPresent(key -> json.object("resource", () -> resource(key)));
        json.object("client", () -> client(request.client()));
    }

    private void resource(ResourceKey key) {
        json.text("platform", key.platform())
                .text("workspace", key.workspace())
                .text("kind", key.kind())
                .text("name", key.name());
    }

    private void client(RequestFacts.ClientFacts client) {
        json.text("address", client.address())
                .text("user_agent", client.userAgent())
                .text("request_id", client.requestId());
        client.certificate().ifPresent(shown -> json.object("certificate", () -> shown(shown)));
    }

    private void shown(RequestFacts.CertificateFacts certificate) {
        json.text("thumbprint", certificate.thumbprint()).text("subject", certificate.subject());
    }

    private void caller(CallerFacts caller) {
        json.text("tenant", caller.principal().tenant())
                .text("object_id", caller.principal().objectId())
                .text("kind", caller.principal().kind())
                .text("label", caller.principal().label())
                .text("client_application", caller.clientApplication())
                .texts("actors", caller.actors())
                .object("groups", () -> groups(caller.groups()))
                .object("token", () -> token(caller.token()));
    }

    private void groups(CallerFacts.GroupFacts groups) {
        json.number("count", groups.count())
                .flag("complete", groups.complete())
                .text("source", groups.source());
        if (groups.degraded()) {
            json.flag("degraded", true);
        }
    }

    private void token(CallerFacts.TokenFacts token) {
        json.text("issuer", token.issuer())
                .text("id", token.id())
                .text("client_authentication", token.clientAuthentication())
                .text("binding", token.binding());
    }

    private void decision(DecisionFacts decision) {
        json.text("verdict", word(decision.verdict()))
                .text("code", decision.code())
                .text("explanation", decision.explanation());
        json.remembered(decision.basis(), () -> basis(decision.basis()));
        json.text("guardrail", decision.guardrail())
                .number("duration_us", micros(decision.duration()));
        decision.refresh().ifPresent(seen -> json.object("refresh", () -> refresh(seen)));
        if (decision.narrowed()) {
            json.flag("narrowed", true);
        }
    }

    private void refresh(RefreshFacts seen) {
        json.text("site", seen.site())
                .text("content", seen.content())
                .text("task", seen.task())
                .list("checks", seen.checks(), this::check)
                .text("next_try", seen.nextTry().map(Rfc3339::format));
    }

    private void check(RefreshFacts.Check check) {
        json.element(
                () ->
                        json.text("name", check.name())
                                .text("verdict", check.verdict())
                                .text("value", check.value())
                                .text("at", Rfc3339.format(check.at())));
    }

    private void basis(DecisionFacts.Basis basis) {
        json.list("required", basis.required(), this::requirement)
                .list("matched", basis.matched(), this::assignment)
                .list("missing", basis.missing(), this::requirement)
                .list("suggestions", basis.suggestions(), this::suggestion);
    }

    private void requirement(DecisionFacts.Requirement requirement) {
        json.element(
                () ->
                        json.text("action", requirement.action())
                                .text("scope", requirement.scope())
                                .text("via", requirement.via()));
    }

    private void assignment(DecisionFacts.Assignment assignment) {
        json.element(
                () ->
                        json.text("action", assignment.action())
                                .text("id", assignment.id())
                                .text("role", assignment.role())
                                .text("scope", assignment.scope())
                                .text("source", assignment.source())
                                .text("via_group", assignment.viaGroup())
                                .text("actor", assignment.actor()));
    }

    private void suggestion(DecisionFacts.Suggestion suggestion) {
        json.element(() -> json.list("parts", suggestion.parts(), this::roleAtScope));
    }

    private void roleAtScope(DecisionFacts.RoleAtScope part) {
        json.element(
                () ->
                        json.text("role", part.role())
                                .text("scope", part.scope())
                                .text("principal", part.principal()));
    }

    private void versions(VersionFacts versions) {
        json.text("snapshot", versions.snapshot());
        versions.snapshotAge().ifPresent(age -> json.number("snapshot_age_ms", age.toMillis()));
        versions.groupsAge().ifPresent(age -> json.number("groups_age_ms", age.toMillis()));
        json.text("product", versions.product());
    }

    private void upstream(UpstreamFacts upstream) {
        json.text("host", upstream.host()).text("identity", upstream.identity());
        upstream.status().ifPresent(status -> json.number("status", status));
        json.text("request_id", upstream.requestId())
                .number("bytes_sent", upstream.traffic().sent())
                .number("bytes_received", upstream.traffic().received())
                .number("duration_us", micros(upstream.duration()));
        if (upstream.attempts() != 1) {
            json.number("attempts", upstream.attempts());
        }
        json.text("failure", upstream.failure());
    }

    private void mention(JobMention mention) {
        json.element(
                () -> {
                    json.text("role", word(mention.role()));
                    key(mention.job());
                });
    }

    private void edge(JobEdge edge) {
        json.element(
                () ->
                        json.object("from", () -> key(edge.from()))
                                .object("to", () -> key(edge.to())));
    }

    private void key(JobKey job) {
        json.text("platform", job.platform())
                .text("workspace", job.workspace())
                .text("pool", job.pool())
                .text("kind", job.kind())
                .text("id", job.id());
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
