package io.stagedoor.proxy.audit.print;

import io.stagedoor.proxy.audit.fact.DecisionFacts;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.VersionFacts;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.record.JournalEvent;
import io.stagedoor.proxy.audit.search.Exchange;
import io.stagedoor.proxy.audit.search.History;
import io.stagedoor.proxy.audit.search.JobAnswer;
import io.stagedoor.proxy.audit.verify.Finding;
import io.stagedoor.proxy.audit.verify.Verdict;
import io.stagedoor.proxy.audit.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints for people. */
final class TextPrinter implements AuditPrinter {

    @Override
    public String job(JobAnswer answer) {
        String text =
                switch (answer) {
                    case JobAnswer.Unknown(String asked, _) ->
                            "no record mentions job `" + Plain.safe(asked) + "`\n";
                    case JobAnswer.Ambiguous ambiguous -> ambiguous(ambiguous);
                    case JobAnswer.Story story -> JobText.of(story);
                };
        return text + behind(answer.behind());
    }

    @Override
    public String history(History history) {
        if (history.exchanges().isEmpty()) {
            return "no decision about `"
                    + Plain.safe(history.subject())
                    + "`\n"
                    + behind(history.behind());
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TIME", "RESULT", "WHO", "OPERATION", "RESOURCE", "DECISION"));
        history.exchanges().forEach(exchange -> rows.add(row(exchange)));
        String more = history.more() ? "(there are older ones)\n" : "";
        return Columns.of(rows) + more + behind(history.behind());
    }

    @Override
    public String tail(List<AuditRecord> records) {
        return Columns.of(records.stream().map(TextPrinter::row).toList());
    }

    @Override
    public String verification(Verification verification) {
        StringBuilder out = new StringBuilder();
        out.append(Plain.count(verification.segments(), "segment, ", "segments, "))
                .append(Plain.count(verification.records(), "record\n", "records\n"));
        verdict(out, "integrity", "intact", verification.integrity());
        verdict(out, "completeness", "complete", verification.completeness());
        verification
                .notes()
                .forEach(note -> out.append("note          ").append(note).append('\n'));
        verification
                .head()
                .ifPresent(
                        head ->
                                out.append("anchor        ")
                                        .append(head.text())
                                        .append("\n              (keep it elsewhere: with it the")
                                        .append(" next check finds a cut or rewritten journal)\n"));
        return out.toString();
    }

    @Override
    public String explanation(String decisionId, Optional<Exchange> exchange) {
        return exchange.map(TextPrinter::explanation)
                .orElse("no decision has the id `" + Plain.safe(decisionId) + "`\n");
    }

    private static String explanation(Exchange exchange) {
        AuditEvent.Decided decided = exchange.decided();
        DecisionFacts decision = decided.decision();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("decision", Plain.safe(exchange.id())));
        rows.add(List.of("time", Plain.time(exchange.begin().time())));
        rows.add(List.of("who", ExchangeText.caller(exchange)));
        rows.add(List.of("client", ExchangeText.client(exchange)));
        rows.add(
                List.of(
                        "asked",
                        Plain.operation(decided.request())
                                + " on "
                                + Plain.resource(decided.request())));
        rows.add(List.of("verdict", ExchangeText.verdict(decision)));
        decision.guardrail().ifPresent(rail -> rows.add(List.of("guardrail", Plain.safe(rail))));
        requirements(rows, "needed", decision.basis().required());
        ExchangeText.reasons(decision).forEach(text -> rows.add(List.of("met by", text)));
        requirements(rows, "missing", decision.basis().missing());
        ExchangeText.suggestions(decision)
                .forEach(text -> rows.add(List.of("it would take", text)));
        rows.add(List.of("upstream", ExchangeText.upstream(exchange)));
        rows.add(List.of("with", versions(decided)));
        rows.add(
                List.of(
                        "record",
                        String.format(
                                Locale.ROOT,
                                "seq %d, %s",
                                exchange.begin().seq(),
                                exchange.begin().hash())));
        return Columns.of(rows);
    }

    private static void requirements(
            List<List<String>> rows, String name, List<DecisionFacts.Requirement> requirements) {
        for (DecisionFacts.Requirement one : requirements) {
            String via = one.via().map(path -> ", used by " + path).orElse("");
            rows.add(List.of(name, Plain.safe(one.action() + " at " + one.scope() + via)));
        }
    }

    private static String versions(AuditEvent.Decided decided) {
        VersionFacts versions = decided.versions();
        String snapshot =
                versions.snapshot().map(id -> ", access snapshot " + id + age(versions)).orElse("");
        String groups =
                decided.caller()
                        .map(caller -> caller.groups())
                        .map(
                                known ->
                                        String.format(
                                                Locale.ROOT,
                                                ", %s%s%s%s",
                                                Plain.count(known.count(), "group", "groups"),
                                                known.complete() ? "" : " (not all known)",
                                                known.source().map(by -> " by " + by).orElse(""),
                                                groupsAge(versions, known.degraded())))
                        .orElse("");
        return Plain.safe("stagedoor " + versions.product() + snapshot + groups);
    }

    private static String groupsAge(VersionFacts versions, boolean degraded) {
        return versions.groupsAge().map(age -> ", " + Plain.duration(age) + " old").orElse("")
                + (degraded ? ", degraded" : "");
    }

    private static String age(VersionFacts versions) {
        return versions.snapshotAge().map(age -> ", " + Plain.duration(age) + " old").orElse("");
    }

    private static String ambiguous(JobAnswer.Ambiguous ambiguous) {
        StringBuilder out = new StringBuilder();
        out.append("several jobs have the id `")
                .append(Plain.safe(ambiguous.asked()))
                .append("`; ask for one of\n");
        for (JobKey job : ambiguous.candidates()) {
            out.append("  ").append(Plain.safe(job.text())).append('\n');
        }
        return out.toString();
    }

    private static void verdict(StringBuilder out, String name, String good, Verdict verdict) {
        String found = Plain.count(verdict.count(), "finding", "findings");
        out.append(String.format(Locale.ROOT, "%-14s%s%n", name, verdict.isGood() ? good : found));
        for (Finding finding : verdict.findings()) {
            out.append("  ").append(Plain.safe(finding.text())).append('\n');
        }
        if (verdict.count() > verdict.findings().size()) {
            out.append("  ...\n");
        }
    }

    private static List<String> row(Exchange exchange) {
        return List.of(
                Plain.time(exchange.begin().time()),
                ExchangeText.result(exchange),
                Plain.safe(exchange.who()),
                Plain.operation(exchange.decided().request()),
                Plain.resource(exchange.decided().request()),
                Plain.safe(exchange.id()));
    }

    private static List<String> row(AuditRecord record) {
        return List.of(
                Long.toString(record.seq()),
                Plain.time(record.time()),
                record.body().phase(),
                switch (record.body()) {
                    case AuditEvent.Decided decided -> decided(record, decided);
                    case AuditEvent.Completed completed -> completed(completed);
                    case AuditEvent.Followed followed ->
                            Plain.safe(
                                    followed.actor()
                                            + " followed "
                                            + followed.run().text()
                                            + ": "
                                            + followed.status());
                    case AuditEvent.Admin admin ->
                            Plain.safe(
                                    admin.actor() + " " + admin.action() + " " + admin.subject());
                    case JournalEvent.Checkpoint(var reason, int open) ->
                            ExchangeText.word(reason)
                                    + ", "
                                    + Plain.count(open, "open exchange", "open exchanges");
                    case JournalEvent.SegmentOpened opened -> "segment " + opened.segment();
                    case JournalEvent.SegmentSealed(_, var digest) ->
                            String.format(
                                    Locale.ROOT,
                                    "segment %d, sha256 %s",
                                    digest.segment(),
                                    digest.sha256());
                });
    }

    private static String decided(AuditRecord record, AuditEvent.Decided decided) {
        Exchange exchange = new Exchange(record, decided, Optional.empty());
        String verdict = ExchangeText.isDenied(exchange) ? "deny " : "permit ";
        String code = ExchangeText.isDenied(exchange) ? ExchangeText.result(exchange) + " " : "";
        return verdict
                + code
                + Plain.safe(exchange.who())
                + " "
                + Plain.operation(decided.request())
                + " on "
                + Plain.resource(decided.request())
                + " ["
                + Plain.safe(exchange.id())
                + "]";
    }

    private static String completed(AuditEvent.Completed completed) {
        return ExchangeText.result(completed) + " [" + Plain.safe(completed.requestId()) + "]";
    }

    private static String behind(long records) {
        return records == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "note: the index is %s behind the journal\n",
                        Plain.count(records, "record", "records"));
    }
}
