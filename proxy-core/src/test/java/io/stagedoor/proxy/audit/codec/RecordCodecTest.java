package io.stagedoor.proxy.audit.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stagedoor.proxy.audit.decode.MalformedRecordException;
import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.fact.RequestFacts;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.record.JournalEvent;
import io.stagedoor.proxy.audit.record.RecordBody;
import io.stagedoor.proxy.audit.testing.RandomEvents;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.000000008Z");

    private final RecordEncoder encoder = new RecordEncoder("node-1");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void readsBackEveryRecordItWrites(long seed) throws IOException {
        RandomEvents events = new RandomEvents(seed);
        for (int i = 1; i <= 250; i++) {
            AuditEvent event = events.next("request-" + i);

            byte[] line = line(i, event);

            AuditRecord read = RecordDecoder.decode(line);
            assertThat(read.body()).isEqualTo(event);
            assertThat(read.seq()).isEqualTo(i);
            assertThat(read.time()).isEqualTo(NOW);
            assertThat(read.altered()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void writesOneLineOfJsonWithoutControlCharacters(long seed) throws IOException {
        RandomEvents events = new RandomEvents(seed);
        JsonMapper json = new JsonMapper();
        for (int i = 1; i <= 250; i++) {
            byte[] line = line(i, events.next("request-" + i));

            String text = new String(line, UTF_8);
            JsonNode tree = json.readTree(text);
            assertThat(text.indexOf('\n')).isEqualTo(text.length() - 1);
            assertThat(text.strip().chars())
                    .noneMatch(c -> Character.isISOControl(c) || c == 0x202e || c == 0x2028);
            assertThat(tree.path("seq").longValue()).isEqualTo(i);
            assertThat(tree.properties().iterator().next().getKey()).isEqualTo("seq");
        }
    }

    @Test
    void hashesTheJsonWithoutTheHashMember() throws IOException {
        String line = new String(line(1, SomeEvents.permitted("r1")), UTF_8).strip();

        String hash = line.substring(line.length() - 66, line.length() - 2);
        String hashed = line.substring(0, line.length() - 75) + "}";

        assertThat(Sha256.of(hashed.getBytes(UTF_8))).isEqualTo(hash);
        assertThat(HashedLine.read(line.getBytes(UTF_8)))
                .contains(new HashedLine(1, AuditRecord.NO_PREVIOUS, hash));
    }

    @Test
    void writesTheSameRecordAsTheSameBytes() {
        RecordBody body =
                new AuditEvent.Admin("ada", "audit.job", "x", Map.of("b", "2", "a", "1", "c", "3"));

        byte[] first = line(1, body);
        byte[] second = line(1, body);

        assertThat(first).isEqualTo(second);
        assertThat(new String(first, UTF_8))
                .containsSubsequence("\"name\":\"a\"", "\"name\":\"b\"", "\"name\":\"c\"");
    }

    @Test
    void replacesALongValueByItsBeginningAndDigestAndSaysSo() throws IOException {
        String agent = "x".repeat(5000);

        AuditRecord read = RecordDecoder.decode(line(1, withAgent(agent)));

        String kept = agentOf(read);
        assertThat(kept)
                .startsWith("x".repeat(64) + "... sha256:" + Sha256.of(agent.getBytes(UTF_8)))
                .endsWith("bytes:5000");
        assertThat(read.altered()).containsExactly("request.client.user_agent:hashed");
    }

    @Test
    void doesNotSplitASurrogatePairWhenItShortens() throws IOException {
        String agent = "x".repeat(63) + "\uD83D\uDE80".repeat(600);

        AuditRecord read = RecordDecoder.decode(line(1, withAgent(agent)));

        assertThat(agentOf(read)).startsWith("x".repeat(63) + "... sha256:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
                "agent https://x.example/?sv=1&sig=c2lnbmF0dXJl",
                "agent AccountKey=c2lnbmF0dXJl",
                "agent client_secret=c2lnbmF0dXJl"
            })
    void keepsCredentialsOutWhereverTheyStray(String agent) throws IOException {
        byte[] line = line(1, withAgent(agent));

        assertThat(new String(line, UTF_8)).doesNotContain("c2lnbmF0dXJl");
        assertThat(RecordDecoder.decode(line).altered())
                .containsExactly("request.client.user_agent:credential removed");
    }

    @Test
    void keepsTheBeginningOfALongListAndSaysSo() throws IOException {
        List<JobMention> jobs =
                Collections.nCopies(300, new JobMention(JobMention.Role.TOUCHED, SomeEvents.run()));

        AuditRecord read =
                RecordDecoder.decode(line(1, SomeEvents.completed("r1", 200, jobs, List.of())));

        assertThat(((AuditEvent.Completed) read.body()).jobs()).hasSize(128);
        assertThat(read.altered()).containsExactly("jobs:first 128 of 300");
    }

    @Test
    void readsBackWhatTheJournalSaysOfItself() throws IOException {
        var digest = new JournalEvent.SegmentDigest(3, 10, 20, 11, "ab".repeat(32));
        List<RecordBody> bodies =
                List.of(
                        new JournalEvent.Checkpoint(JournalEvent.Reason.IDLE, 4),
                        new JournalEvent.SegmentOpened(
                                "journal", 4, Optional.of(digest), List.of("r1", "r2")),
                        new JournalEvent.SegmentOpened("journal", 1, Optional.empty(), List.of()),
                        new JournalEvent.SegmentSealed("journal", digest));

        for (RecordBody body : bodies) {
            assertThat(RecordDecoder.decode(line(1, body)).body()).isEqualTo(body);
        }
    }

    @Test
    void findsEveryChangedByteOfALine() {
        byte[] line = Arrays.copyOf(line(1, SomeEvents.denied("r1")), encoder.length() - 1);

        for (int i = 0; i < line.length; i++) {
            byte[] changed = line.clone();
            changed[i] ^= 0x01;

            assertThat(HashedLine.read(changed)).as("byte %d", i).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "{}",
                "[]",
                "{\"v\":2}",
                "{\"v\":\"1\"}",
                "{\"v\":1,\"seq\":1,\"time\":\"soon\"}",
                "{\"v\":1,\"v\":1}"
            })
    void saysThatALineIsNoRecord(String line) {
        assertThatThrownBy(() -> RecordDecoder.decode(line.getBytes(UTF_8)))
                .isInstanceOf(MalformedRecordException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{0F8FAD5B-D9CB-469F-A165-70867728950E}",
                "0F8FAD5B-D9CB-469F-A165-70867728950E",
                "0f8fad5b-d9cb-469f-a165-70867728950e"
            })
    void bringsGuidsOfJobsToOneForm(String id) {
        assertThat(JobKey.canonicalId(id)).isEqualTo("0f8fad5b-d9cb-469f-a165-70867728950e");
        assertThat(JobKey.canonicalId("application_1A_2")).isEqualTo("application_1A_2");
    }

    private byte[] line(long seq, RecordBody body) {
        encoder.encode(seq, AuditRecord.NO_PREVIOUS, NOW, body);
        return Arrays.copyOf(encoder.buffer(), encoder.length());
    }

    private static AuditEvent withAgent(String agent) {
        AuditEvent.Decided decided = SomeEvents.permitted("r1");
        var request = decided.request();
        var client =
                new RequestFacts.ClientFacts("127.0.0.1", Optional.of(agent), Optional.empty());
        return new AuditEvent.Decided(
                new RequestFacts(
                        request.id(),
                        request.route(),
                        request.method(),
                        request.path(),
                        request.operation(),
                        request.stateChanging(),
                        request.resource(),
                        client),
                decided.caller(),
                decided.decision(),
                decided.versions(),
                decided.jobs());
    }

    private static String agentOf(AuditRecord record) {
        return ((AuditEvent.Decided) record.body()).request().client().userAgent().orElseThrow();
    }
}
