package io.stagedoor.proxy.audit.print;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stagedoor.proxy.audit.codec.RecordJson;
import io.stagedoor.proxy.audit.index.TimeRange;
import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.search.AuditQueries;
import io.stagedoor.proxy.audit.testing.Journals;
import io.stagedoor.proxy.audit.testing.NightlyStory;
import io.stagedoor.proxy.audit.testing.RandomEvents;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import io.stagedoor.proxy.audit.verify.JournalVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditPrinterTest {
    private final InstantSource clock = NightlyStory.steppingClock(Duration.ofSeconds(10));
    private final AuditPrinter text = AuditPrinter.text();
    private final AuditPrinter json = AuditPrinter.json();

    @TempDir Path directory;

    /** Asks something of the trail. */
    private interface Question<T> {
        T ask(AuditQueries queries) throws IOException;
    }

    private static final String STORY =
            """
            pipelineRun 0f8fad5b-d9cb-469f-a165-70867728950e
            synapse, ws1

              2026-03-04 05:00:20Z  started by ada@contoso.example
                                    client    04b07795-8ddb-461a-bbee-02f9e1bf7b46 from 127.0.0.1 (azsdk-js-synapse-artifacts/1.0.0)
                                    asked     RunPipeline on ws1/pipeline/nightly
                                    decided   permit: 2 requirements met
                                              by Synapse Credential User at workspaces/ws1/credentials/WorkspaceSystemIdentity via group data-engineers [assignment-1, from access.yaml:12:3]
                                    upstream  answered 202 by ws1 as managed_identity:stagedoor in 41 ms, its request id up-d-start
                                    decision  d-start

              2026-03-04 05:00:40Z  asked about by ada@contoso.example
                                    GetPipelineRun, 200, 6 times until 2026-03-04 05:02:20Z

              2026-03-04 05:02:40Z  REFUSED   bob\\u001b[31m@contoso.example
                                    client    04b07795-8ddb-461a-bbee-02f9e1bf7b46 from 127.0.0.1 (azsdk-js-synapse-artifacts/1.0.0)
                                    asked     CancelPipelineRun on ws1/pipelineRun/0f8fad5b-d9cb-469f-a165-70867728950e
                                    decided   deny (not_permitted): you may not use `WorkspaceSystemIdentity`
                                              it would take Synapse Credential User at workspaces/ws1/credentials/WorkspaceSystemIdentity
                                    upstream  not asked: nothing was forwarded
                                    decision  d-bob

              2026-03-04 05:02:50Z  cancelled by ada@contoso.example
                                    client    04b07795-8ddb-461a-bbee-02f9e1bf7b46 from 127.0.0.1 (azsdk-js-synapse-artifacts/1.0.0)
                                    asked     CancelPipelineRun on ws1/pipelineRun/0f8fad5b-d9cb-469f-a165-70867728950e
                                    decided   permit: 2 requirements met
                                              by Synapse Credential User at workspaces/ws1/credentials/WorkspaceSystemIdentity via group data-engineers [assignment-1, from access.yaml:12:3]
                                    upstream  answered 200 by ws1 as managed_identity:stagedoor in 41 ms, its request id up-d-ada
                                    decision  d-ada

            linked jobs
              triggerRun 08586000001
              └─ pipelineRun 0f8fad5b-d9cb-469f-a165-70867728950e   <- asked for
                 └─ activityRun 3c59dc04-8e88-4f2a-b6b2-90c4e4d0b0a1
                    └─ livyBatch 12 (pool small)
                       └─ sparkApplication application_1700000000000_0012
            """;

    @BeforeEach
    void tell() throws Exception {
        try (Journal journal = Journal.open(Journals.settings(directory), clock)) {
            NightlyStory.tell(journal);
        }
    }

    @Test
    void tellsTheStoryOfAJobInOrderOfTime() throws Exception {
        String story = text.job(ask(queries -> queries.job(SomeEvents.RUN)));

        assertThat(story).isEqualTo(STORY);
    }

    @Test
    void tellsTheSameStoryFromTheOtherEndOfTheChain() throws Exception {
        String story = text.job(ask(queries -> queries.job(NightlyStory.SPARK.id())));

        assertThat(story)
                .startsWith("sparkApplication application_1700000000000_0012\n")
                .contains("started by ada@contoso.example: pipelineRun " + SomeEvents.RUN)
                .contains("sparkApplication application_1700000000000_0012   <- asked for");
    }

    @Test
    void saysThatAJobIsNotKnown() throws Exception {
        assertThat(text.job(ask(queries -> queries.job("4711"))))
                .isEqualTo("no record mentions job `4711`\n");
        assertThat(tree(json.job(ask(queries -> queries.job("4711")))).path("found").asBoolean())
                .isFalse();
    }

    @Test
    void namesTheJobsThatShareAnId() throws Exception {
        mentionOtherBatch();

        String answer = text.job(ask(queries -> queries.job("12")));
        JsonNode tree = tree(json.job(ask(queries -> queries.job("12"))));

        assertThat(answer)
                .isEqualTo(
                        """
                        several jobs have the id `12`; ask for one of
                          synapse:ws1/pool/large/livyBatch/12
                          synapse:ws1/pool/small/livyBatch/12
                        """);
        assertThat(tree.path("candidates")).hasSize(2);
    }

    @Test
    void listsWhatAPrincipalDid() throws Exception {
        String list =
                text.history(
                        ask(queries -> queries.who("ADA@contoso.example", TimeRange.ALWAYS, 2)));

        assertThat(list.lines())
                .hasSize(4)
                .element(1)
                .asString()
                .startsWith("2026-03-04 05:02:50Z  200     ada@contoso.example  CancelPipelineRun")
                .endsWith("d-ada");
        assertThat(list).endsWith("(there are older ones)\n");
    }

    @Test
    void saysThatThereIsNoDecision() throws Exception {
        assertThat(text.history(ask(queries -> queries.code("guardrail", TimeRange.ALWAYS, 5))))
                .isEqualTo("no decision about `guardrail`\n");
    }

    @Test
    void listsDecisionsAsJsonWithTheirRecordsAsTheyStand() throws Exception {
        var history = ask(queries -> queries.resource("ws1/pipeline", TimeRange.ALWAYS, 5));

        JsonNode tree = tree(json.history(history));

        assertThat(tree.path("exchanges")).hasSize(1);
        assertThat(tree.at("/exchanges/0/decided/hash").asText())
                .isEqualTo(history.exchanges().getFirst().begin().hash());
        assertThat(tree.at("/exchanges/0/completed/upstream/status").asInt()).isEqualTo(202);
    }

    @Test
    void printsTheTailOneRecordALine() throws Exception {
        try (Journal journal = Journal.open(Journals.settings(directory), clock)) {
            Journals.append(
                    journal, new AuditEvent.Admin("root", "audit.job", "12", Map.of("rows", "1")));
        }

        String tail = text.tail(ask(queries -> queries.tail(100)));

        assertThat(tail.lines())
                .anyMatch(line -> line.contains("segment 1"))
                .anyMatch(line -> line.matches(".*decided +deny not_permitted bob.*\\[d-bob]"))
                .anyMatch(line -> line.matches(".*completed +202 \\[d-start]"))
                .anyMatch(line -> line.matches(".*checkpoint +closed, 0 open exchanges"))
                .anyMatch(line -> line.endsWith("root audit.job 12"));
    }

    @Test
    void printsTheTailAsTheJournalHasIt() throws Exception {
        String tail = json.tail(ask(queries -> queries.tail(100)));

        Path file = directory.resolve(Journals.segments(directory).getFirst().fileName());
        assertThat(tail).isEqualTo(Files.readString(file));
    }

    @Test
    void rendersEveryRecordAsItStandsInTheJournal() throws Exception {
        RandomEvents events = new RandomEvents(5);
        try (Journal journal = Journal.open(Journals.settings(directory), clock)) {
            for (int i = 0; i < 200; i++) {
                journal.appendWithinWindow(events.next("random-" + i));
            }
            journal.appendWithinWindow(
                    new AuditEvent.Admin("x".repeat(3000), "sig=secret", "z", Map.of()));
        }

        List<String> rendered = Journals.records(directory).stream().map(RecordJson::of).toList();

        StringBuilder files = new StringBuilder();
        for (var name : Journals.segments(directory)) {
            files.append(Files.readString(directory.resolve(name.fileName())));
        }
        assertThat(String.join("\n", rendered) + "\n").isEqualTo(files.toString());
    }

    @Test
    void explainsADenial() throws Exception {
        String explanation = text.explanation("d-bob", ask(queries -> queries.explain("d-bob")));

        assertThat(explanation.lines())
                .contains(
                        "verdict        deny (not_permitted): you may not use"
                                + " `WorkspaceSystemIdentity`",
                        "it would take  Synapse Credential User at"
                                + " workspaces/ws1/credentials/WorkspaceSystemIdentity",
                        "upstream       not asked: nothing was forwarded",
                        "with           stagedoor 0.1.0, access snapshot snapshot-7, 12 s old,"
                                + " 12 groups");
        assertThat(explanation).doesNotContain("\u001b");
    }

    @Test
    void explainsAPermit() throws Exception {
        var exchange = ask(queries -> queries.explain("d-start"));

        assertThat(text.explanation("d-start", exchange))
                .contains("met by    Synapse Credential User at")
                .contains("answered 202 by ws1");
        assertThat(
                        tree(json.explanation("d-start", exchange))
                                .at("/decided/decision/verdict")
                                .asText())
                .isEqualTo("permit");
    }

    @Test
    void saysThatThereIsNoSuchDecision() throws Exception {
        assertThat(text.explanation("x", Optional.empty()))
                .isEqualTo("no decision has the id `x`\n");
        assertThat(tree(json.explanation("x", Optional.empty())).path("found").asBoolean())
                .isFalse();
    }

    @Test
    void printsBothVerdictsAndTheAnchor() throws Exception {
        var verification = ask(queries -> queries.verify(Optional.empty()));

        assertThat(text.verification(verification))
                .startsWith("1 segment, 20 records\nintegrity     intact\ncompleteness  complete\n")
                .contains("anchor        " + verification.head().orElseThrow().text());
        assertThat(tree(json.verification(verification)).path("good").asBoolean()).isTrue();
    }

    @Test
    void printsWhereAJournalIsBroken() throws Exception {
        Path file = directory.resolve(Journals.segments(directory).getFirst().fileName());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        var verification = JournalVerifier.verify(directory, Optional.empty(), clock.instant());

        assertThat(text.verification(verification))
                .containsPattern("integrity +1 finding\n")
                .contains(file.getFileName() + ": line ");
        JsonNode finding = tree(json.verification(verification)).at("/integrity/findings/0");
        assertThat(finding.path("file").asText()).isEqualTo(file.getFileName().toString());
        assertThat(finding.path("offset").asLong()).isPositive();
    }

    private void mentionOtherBatch() throws Exception {
        var other =
                new io.stagedoor.proxy.audit.fact.JobKey(
                        "synapse", "ws1", Optional.of("large"), "livyBatch", "12");
        try (Journal journal = Journal.open(Journals.settings(directory), clock)) {
            Journals.append(journal, SomeEvents.polled("d-other", other));
            Journals.append(journal, SomeEvents.answered("d-other"));
        }
    }

    private <T> T ask(Question<T> question) throws IOException {
        try (AuditQueries queries = AuditQueries.open(directory, clock)) {
            return question.ask(queries);
        }
    }

    private static JsonNode tree(String document) throws IOException {
        return new JsonMapper().readTree(document);
    }
}
