package io.stagedoor.proxy.audit.decode;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stagedoor.proxy.audit.record.AuditRecord;
import java.io.IOException;
import java.util.List;

/**
 * Reads a line of the journal back into a record; does not check its hash, which is {@link
 * HashedLine}'s work. Safe for many threads.
 */
public final class RecordDecoder {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private RecordDecoder() {}

    /**
     * Reads one line, with or without its line feed.
     *
     * @throws MalformedRecordException when it is not a record of a version this code knows
     */
    public static AuditRecord decode(byte[] line) throws MalformedRecordException {
        Members members = new Members(tree(line));
        int version = members.integer("v");
        if (version != AuditRecord.VERSION) {
            throw new MalformedRecordException("record version " + version + " is not known");
        }
        return new AuditRecord(
                members.number("seq"),
                version,
                members.time("time"),
                members.text("node"),
                members.text("prev_hash"),
                BodyReader.body(members.text("phase"), members),
                members.has("altered") ? members.texts("altered") : List.of(),
                members.text("hash"));
    }

    private static JsonNode tree(byte[] line) throws MalformedRecordException {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new MalformedRecordException("the line is not json", e);
        }
    }
}
