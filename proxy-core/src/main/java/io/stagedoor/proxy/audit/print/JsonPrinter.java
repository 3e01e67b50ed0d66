package io.stagedoor.proxy.audit.print;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.stagedoor.proxy.audit.codec.RecordJson;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.search.Exchange;
import io.stagedoor.proxy.audit.search.History;
import io.stagedoor.proxy.audit.search.JobAnswer;
import io.stagedoor.proxy.audit.verify.Finding;
import io.stagedoor.proxy.audit.verify.Verdict;
import io.stagedoor.proxy.audit.verify.Verification;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints for programs; records appear exactly as they stand in the journal. */
final class JsonPrinter implements AuditPrinter {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public String job(JobAnswer answer) {
        ObjectNode node = JSON.createObjectNode();
        switch (answer) {
            case JobAnswer.Unknown(String asked, _) -> node.put("asked", asked).put("found", false);
            case JobAnswer.Ambiguous ambiguous -> {
                node.put("asked", ambiguous.asked()).put("found", false);
                keys(node.putArray("candidates"), ambiguous.candidates());
            }
            case JobAnswer.Story story -> story(node, story);
        }
        return line(node.put("index_behind", answer.behind()));
    }

    @Override
    public String history(History history) {
        ObjectNode node = JSON.createObjectNode().put("subject", history.subject());
        exchanges(node.putArray("exchanges"), history.exchanges());
        return line(node.put("more", history.more()).put("index_behind", history.behind()));
    }

    @Override
    public String tail(List<AuditRecord> records) {
        return records.stream()
                .map(RecordJson::of)
                .map(text -> text + "\n")
                .collect(Collectors.joining());
    }

    @Override
    public String verification(Verification verification) {
        ObjectNode node =
                JSON.createObjectNode()
                        .put("good", verification.isGood())
                        .put("segments", verification.segments())
                        .put("records", verification.records());
        verdict(node.putObject("integrity"), verification.integrity());
        verdict(node.putObject("completeness"), verification.completeness());
        verification.head().ifPresent(head -> node.put("anchor", head.text()));
        verification.notes().forEach(node.putArray("notes")::add);
        return line(node);
    }

    @Override
    public String explanation(String decisionId, Optional<Exchange> exchange) {
        return line(
                exchange.map(JsonPrinter::exchange)
                        .orElseGet(
                                () ->
                                        JSON.createObjectNode()
                                                .put("decision", decisionId)
                                                .put("found", false)));
    }

    private static void story(ObjectNode node, JobAnswer.Story story) {
        node.put("asked", story.job().text()).put("found", true);
        node.set("job", key(story.job()));
        keys(node.putArray("jobs"), story.graph().jobs());
        ArrayNode edges = node.putArray("edges");
        story.graph()
                .edges()
                .forEach(
                        edge ->
                                edges.addObject()
                                        .put("from", edge.from().text())
                                        .put("to", edge.to().text()));
        node.put("jobs_complete", story.graph().complete());
        exchanges(node.putArray("exchanges"), story.exchanges());
        node.put("omitted", story.omitted());
    }

    private static void exchanges(ArrayNode array, List<Exchange> exchanges) {
        exchanges.forEach(exchange -> array.add(exchange(exchange)));
    }

    private static ObjectNode exchange(Exchange exchange) {
        ObjectNode node = JSON.createObjectNode().put("decision", exchange.id()).put("found", true);
        node.putRawValue("decided", new RawValue(RecordJson.of(exchange.begin())));
        exchange.end()
                .ifPresent(end -> node.putRawValue("completed", new RawValue(RecordJson.of(end))));
        return node;
    }

    private static void verdict(ObjectNode node, Verdict verdict) {
        node.put("good", verdict.isGood()).put("count", verdict.count());
        ArrayNode findings = node.putArray("findings");
        for (Finding finding : verdict.findings()) {
            findings.addObject()
                    .put("file", finding.place().file())
                    .put("line", finding.place().line())
                    .put("offset", finding.place().offset())
                    .put("seq", finding.place().seq())
                    .put("problem", finding.problem());
        }
    }

    private static void keys(ArrayNode array, List<JobKey> jobs) {
        jobs.forEach(job -> array.add(key(job)));
    }

    private static ObjectNode key(JobKey job) {
        ObjectNode node =
                JSON.createObjectNode()
                        .put("name", job.text())
                        .put("platform", job.platform())
                        .put("workspace", job.workspace());
        job.pool().ifPresent(pool -> node.put("pool", pool));
        return node.put("kind", job.kind()).put("id", job.id());
    }

    private static String line(JsonNode node) {
        return node + "\n";
    }
}
