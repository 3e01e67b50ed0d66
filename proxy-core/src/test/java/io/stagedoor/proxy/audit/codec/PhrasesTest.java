package io.stagedoor.proxy.audit.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PhrasesTest {

    @Test
    void anObjectThatComesAgainIsWrittenAsTheFirstTime() throws IOException {
        RecordEncoder encoder = new RecordEncoder("node");
        AuditEvent.Decided first = SomeEvents.permitted("r1");

        for (int seq = 1; seq <= 4; seq++) {
            AuditEvent.Decided again =
                    new AuditEvent.Decided(
                            SomeEvents.permitted("r" + seq).request(),
                            first.caller(),
                            first.decision(),
                            first.versions(),
                            first.jobs());
            encoder.encode(seq, AuditRecord.NO_PREVIOUS, Instant.EPOCH, again);
            byte[] line = Arrays.copyOf(encoder.buffer(), encoder.length() - 1);

            assertThat(RecordDecoder.decode(line).body()).isEqualTo(again);
            assertThat(HashedLine.read(line)).isPresent();
        }
    }

    @Test
    void keepsWhatComesForTheSecondTime() {
        Phrases phrases = new Phrases();
        Object said = new Object();
        byte[] bytes = {1, 2, 3, 4};

        phrases.keep(said, bytes, 1, 3);
        assertThat(phrases.find(said)).isEmpty();
        phrases.keep(said, bytes, 1, 3);

        assertThat(phrases.find(said))
                .hasValueSatisfying(kept -> assertThat(kept).containsExactly(2, 3));
        assertThat(phrases.find(new Object())).isEmpty();
    }
}
