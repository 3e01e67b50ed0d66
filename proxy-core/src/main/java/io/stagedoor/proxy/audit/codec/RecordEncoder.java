package io.stagedoor.proxy.audit.codec;

import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.record.RecordBody;
import java.time.Instant;

/**
 * Writes records as lines of canonical JSON, chained by their hashes; for one thread.
 *
 * <p>A line is the canonical JSON of the record with its hash as the last member, and a line feed.
 * The hash is SHA-256 over the same JSON without that member.
 */
public final class RecordEncoder {
    /** The longest line this writes, in bytes. */
    public static final int LONGEST_LINE = 4 << 20;

    private final CanonicalWriter json = new CanonicalWriter();
    private final BodyWriter bodies = new BodyWriter(json);
    private final Sha256 sha = new Sha256();
    private final String node;

    /** Makes an encoder that signs its records with the name of a node. */
    public RecordEncoder(String node) {
        this.node = node;
    }

    /**
     * Encodes one record into the buffer, which the next call overwrites.
     *
     * @return the hash of the record
     * @throws IllegalArgumentException when the line would be longer than {@link #LONGEST_LINE}
     */
    public String encode(long seq, String previousHash, Instant time, RecordBody body) {
        json.clear();
        JsonText out = json.out();
        out.raw('{');
        chain(json, seq, previousHash);
        frame(json, body.phase(), time, node);
        bodies.write(body);
        if (!json.altered().isEmpty()) {
            json.texts("altered", json.altered().stream().distinct().sorted().toList());
        }
        out.raw('}');
        if (out.length() > LONGEST_LINE - HashedLine.TAIL) {
            throw new IllegalArgumentException("the record takes " + out.length() + " bytes");
        }
        String hash = sha.update(out.array(), 0, out.length()).finish();
        out.rewindTo(out.length() - 1);
        out.ascii(",\"hash\":\"").ascii(hash).ascii("\"}\n");
        return hash;
    }

    static void chain(CanonicalWriter json, long seq, String previousHash) {
        json.number("seq", seq).text("prev_hash", previousHash);
    }

    static void frame(CanonicalWriter json, String phase, Instant time, String node) {
        json.number("v", AuditRecord.VERSION)
                .text("phase", phase)
                .text("time", Rfc3339.format(time))
                .text("node", node);
    }

    /** Gives the array that holds the last line from index 0. */
    public byte[] buffer() {
        return json.out().array();
    }

    /** Gives the length of the last line, its line feed included. */
    public int length() {
        return json.out().length();
    }
}
