package io.stagedoor.proxy.audit.codec;

import io.stagedoor.proxy.audit.record.AuditRecord;
import java.nio.charset.StandardCharsets;

/** A record that was read, as the JSON it was read from. */
public final class RecordJson {
    private RecordJson() {}

    /** Gives the line of the journal that holds the record, without its line feed. */
    public static String of(AuditRecord record) {
        CanonicalWriter json = new CanonicalWriter();
        json.out().raw('{');
        RecordEncoder.chain(json, record.seq(), record.previousHash());
        RecordEncoder.frame(json, record.body().phase(), record.time(), record.node());
        new BodyWriter(json).write(record.body());
        if (!record.altered().isEmpty()) {
            json.texts("altered", record.altered());
        }
        json.text("hash", record.hash());
        json.out().raw('}');
        return new String(json.out().array(), 0, json.out().length(), StandardCharsets.UTF_8);
    }
}
