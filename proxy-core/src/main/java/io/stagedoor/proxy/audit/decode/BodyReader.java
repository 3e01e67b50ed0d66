package io.stagedoor.proxy.audit.decode;

import io.stagedoor.proxy.audit.fact.CallerFacts;
import io.stagedoor.proxy.audit.fact.DecisionFacts;
import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.fact.Outcome;
import io.stagedoor.proxy.audit.fact.RefreshFacts;
import io.stagedoor.proxy.audit.fact.RequestFacts;
import io.stagedoor.proxy.audit.fact.ResourceKey;
import io.stagedoor.proxy.audit.fact.UpstreamFacts;
import io.stagedoor.proxy.audit.fact.VersionFacts;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.JournalEvent;
import io.stagedoor.proxy.audit.record.RecordBody;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads each kind of record body: {@link BodyWriter} turned around. */
final class BodyReader {
    private BodyReader() {}

    static RecordBody body(String phase, Members record) throws MalformedRecordException {
        return switch (phase) {
            case "decided" -> decided(record);
            case "completed" -> completed(record);
            case "admin" -> admin(record);
            case "followed" ->
                    new AuditEvent.Followed(
                            record.text("actor"),
                            key(record.object("run")),
                            record.text("status"),
                            record.list("edges", BodyReader::edge));
            case "checkpoint" ->
                    new JournalEvent.Checkpoint(
                            record.word("reason", JournalEvent.Reason.class),
                            record.integer("open"));
            case "segment_opened" -> segmentOpened(record);
            case "segment_sealed" ->
                    new JournalEvent.SegmentSealed(
                            record.text("journal"), digest(record.object("digest")));
            default -> throw new MalformedRecordException("phase `" + phase + "` is not known");
        };
    }

    private static AuditEvent.Decided decided(Members record) throws MalformedRecordException {
        return new AuditEvent.Decided(
                request(record.object("request")),
                record.optional("caller", BodyReader::caller),
                decision(record.object("decision")),
                versions(record.object("versions")),
                record.list("jobs", BodyReader::mention));
    }

    private static AuditEvent.Completed completed(Members record) throws MalformedRecordException {
        return new AuditEvent.Completed(
                record.object("request").text("id"),
                record.word("outcome", Outcome.class),
                record.optionalText("reason"),
                record.word("writer", AuditEvent.Writer.class),
                record.optional("upstream", BodyReader::upstream),
                record.list("jobs", BodyReader::mention),
                record.list("edges", BodyReader::edge),
                record.has("removed")
                        ? OptionalInt.of(record.integer("removed"))
                        : OptionalInt.empty());
    }

    private static AuditEvent.Admin admin(Members record) throws MalformedRecordException {
        Map<String, String> details = new HashMap<>();
        for (Map.Entry<String, String> detail :
                record.list("details", one -> Map.entry(one.text("name"), one.text("value")))) {
            details.put(detail.getKey(), detail.getValue());
        }
        return new AuditEvent.Admin(
                record.text("actor"), record.text("action"), record.text("subject"), details);
    }

    private static JournalEvent.SegmentOpened segmentOpened(Members record)
            throws MalformedRecordException {
        return new JournalEvent.SegmentOpened(
                record.text("journal"),
                record.number("segment"),
                record.optional("previous", BodyReader::digest),
                record.texts("open"));
    }

    private static JournalEvent.SegmentDigest digest(Members digest)
            throws MalformedRecordException {
        return new JournalEvent.SegmentDigest(
                digest.number("segment"),
                digest.number("first_seq"),
                digest.number("last_seq"),
                digest.number("count"),
                digest.text("sha256"));
    }

    private static RequestFacts request(Members request) throws MalformedRecordException {
        return new RequestFacts(
                request.text("id"),
                request.optionalText("route"),
                request.text("method"),
                request.text("path"),
                request.optionalText("operation"),
                request.flag("state_changing"),
                request.optional("resource", BodyReader::resource),
                client(request.object("client")));
    }

    private static ResourceKey resource(Members key) throws MalformedRecordException {
        return new ResourceKey(
                key.text("platform"),
                key.text("workspace"),
                key.text("kind"),
                key.optionalText("name"));
    }

    private static RequestFacts.ClientFacts client(Members client) throws MalformedRecordException {
        return new RequestFacts.ClientFacts(
                client.text("address"),
                client.optionalText("user_agent"),
                client.optionalText("request_id"),
                client.optional(
                        "certificate",
                        shown ->
                                new RequestFacts.CertificateFacts(
                                        shown.text("thumbprint"), shown.text("subject"))));
    }

    private static CallerFacts caller(Members caller) throws MalformedRecordException {
        Members groups = caller.object("groups");
        Members token = caller.object("token");
        return new CallerFacts(
                new CallerFacts.PrincipalFacts(
                        caller.text("tenant"),
                        caller.text("object_id"),
                        caller.text("kind"),
                        caller.optionalText("label")),
                caller.optionalText("client_application"),
                caller.texts("actors"),
                new CallerFacts.GroupFacts(
                        groups.integer("count"),
                        groups.flag("complete"),
                        groups.optionalText("source"),
                        groups.has("degraded") && groups.flag("degraded")),
                new CallerFacts.TokenFacts(
                        token.text("issuer"),
                        token.optionalText("id"),
                        token.optionalText("client_authentication"),
                        token.optionalText("binding")));
    }

    private static DecisionFacts decision(Members decision) throws MalformedRecordException {
        return new DecisionFacts(
                decision.word("verdict", DecisionFacts.Verdict.class),
                decision.text("code"),
                decision.text("explanation"),
                new DecisionFacts.Basis(
                        decision.list("required", BodyReader::requirement),
                        decision.list("matched", BodyReader::assignment),
                        decision.list("missing", BodyReader::requirement),
                        decision.list("suggestions", BodyReader::suggestion)),
                decision.optionalText("guardrail"),
                micros(decision),
                decision.optional("refresh", BodyReader::refresh),
                decision.has("narrowed") && decision.flag("narrowed"));
    }

    private static RefreshFacts refresh(Members seen) throws MalformedRecordException {
        return new RefreshFacts(
                seen.text("site"),
                seen.optionalText("content"),
                seen.optionalText("task"),
                seen.list(
                        "checks",
                        one ->
                                new RefreshFacts.Check(
                                        one.text("name"),
                                        one.text("verdict"),
                                        one.text("value"),
                                        one.time("at"))),
                seen.has("next_try") ? Optional.of(seen.time("next_try")) : Optional.empty());
    }

    private static DecisionFacts.Requirement requirement(Members one)
            throws MalformedRecordException {
        return new DecisionFacts.Requirement(
                one.text("action"), one.text("scope"), one.optionalText("via"));
    }

    private static DecisionFacts.Assignment assignment(Members one)
            throws MalformedRecordException {
        return new DecisionFacts.Assignment(
                one.text("action"),
                one.text("id"),
                one.text("role"),
                one.text("scope"),
                one.text("source"),
                one.optionalText("via_group"),
                one.optionalText("actor"));
    }

    private static DecisionFacts.Suggestion suggestion(Members one)
            throws MalformedRecordException {
        return new DecisionFacts.Suggestion(
                one.list(
                        "parts",
                        part ->
                                new DecisionFacts.RoleAtScope(
                                        part.text("role"),
                                        part.text("scope"),
                                        part.optionalText("principal"))));
    }

    private static VersionFacts versions(Members versions) throws MalformedRecordException {
        return new VersionFacts(
                versions.optionalText("snapshot"),
                millis(versions, "snapshot_age_ms"),
                millis(versions, "groups_age_ms"),
                versions.text("product"));
    }

    private static Optional<Duration> millis(Members members, String name)
            throws MalformedRecordException {
        return members.has(name)
                ? Optional.of(Duration.ofMillis(members.number(name)))
                : Optional.empty();
    }

    private static UpstreamFacts upstream(Members upstream) throws MalformedRecordException {
        Optional<Integer> status =
                upstream.has("status") ? Optional.of(upstream.integer("status")) : Optional.empty();
        return new UpstreamFacts(
                upstream.text("host"),
                upstream.text("identity"),
                status,
                upstream.optionalText("request_id"),
                new UpstreamFacts.Traffic(
                        upstream.number("bytes_sent"), upstream.number("bytes_received")),
                micros(upstream),
                upstream.has("attempts") ? upstream.integer("attempts") : 1,
                upstream.optionalText("failure"));
    }

    private static JobMention mention(Members one) throws MalformedRecordException {
        return new JobMention(one.word("role", JobMention.Role.class), key(one));
    }

    private static JobEdge edge(Members one) throws MalformedRecordException {
        return new JobEdge(key(one.object("from")), key(one.object("to")));
    }

    private static JobKey key(Members one) throws MalformedRecordException {
        return new JobKey(
                one.text("platform"),
                one.text("workspace"),
                one.optionalText("pool"),
                one.text("kind"),
                one.text("id"));
    }

    private static Duration micros(Members members) throws MalformedRecordException {
        return Duration.of(members.number("duration_us"), ChronoUnit.MICROS);
    }
}
