package io.stagedoor.proxy.audit.store;

import io.stagedoor.proxy.audit.decode.MalformedRecordException;
import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.fact.CallerFacts;
import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.fact.ResourceKey;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.segment.JournalFeed;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Puts the keys of records into the tables; within the caller's transaction. */
public final class RecordIndexer {
    private final Database database;

    /** Makes an indexer into a database. */
    public RecordIndexer(Database database) {
        this.database = database;
    }

    /** Takes in one record. */
    public void add(JournalFeed.Fed fed) throws IOException {
        Optional<AuditRecord> record = decoded(fed);
        database.update(
                "INSERT OR REPLACE INTO record (seq, segment, offset, length, request)"
                        + " VALUES (?, ?, ?, ?, ?)",
                fed.hashed().seq(),
                fed.segment(),
                fed.line().offset(),
                fed.line().bytes().length,
                record.flatMap(RecordIndexer::request));
        if (record.isPresent()) {
            body(record.get());
        }
    }

    /** Gives a time as the tables have it: microseconds since 1970. */
    public static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private void body(AuditRecord record) throws IOException {
        switch (record.body()) {
            case AuditEvent.Decided decided -> {
                decision(record, decided);
                mentions(record.seq(), decided.jobs());
            }
            case AuditEvent.Completed completed -> {
                mentions(record.seq(), completed.jobs());
                edges(completed.edges());
            }
            default -> {
                // Found by its sequence number alone.
            }
        }
    }

    private void decision(AuditRecord record, AuditEvent.Decided decided) throws IOException {
        Optional<CallerFacts.PrincipalFacts> who = decided.caller().map(CallerFacts::principal);
        Optional<ResourceKey> what = decided.request().resource();
        database.update(
                "INSERT OR REPLACE INTO decision"
                        + " (seq, time, principal, label, code, workspace, kind, name)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                record.seq(),
                micros(record.time()),
                who.map(CallerFacts.PrincipalFacts::objectId),
                who.flatMap(CallerFacts.PrincipalFacts::label),
                decided.decision().code(),
                what.map(ResourceKey::workspace),
                what.map(ResourceKey::kind),
                what.flatMap(ResourceKey::name));
    }

    private void mentions(long seq, List<JobMention> mentions) throws IOException {
        for (JobMention mention : mentions) {
            database.update(
                    "INSERT OR IGNORE INTO mention (job, touch, seq) VALUES (?, ?, ?)",
                    job(mention.job()),
                    mention.role() == JobMention.Role.TOUCHED ? 1 : 0,
                    seq);
        }
    }

    private void edges(List<JobEdge> edges) throws IOException {
        for (JobEdge edge : edges) {
            database.update(
                    "INSERT OR IGNORE INTO edge (source, target) VALUES (?, ?)",
                    job(edge.from()),
                    job(edge.to()));
        }
    }

    private long job(JobKey key) throws IOException {
        database.update(
                "INSERT OR IGNORE INTO job (value, kind, workspace, pool, platform)"
                        + " VALUES (?, ?, ?, ?, ?)",
                key.id(),
                key.kind(),
                key.workspace(),
                key.pool().orElse(""),
                key.platform());
        return database.find(
                        row -> row.getLong(1),
                        "SELECT id FROM job WHERE value = ? AND kind = ? AND workspace = ?"
                                + " AND pool = ? AND platform = ?",
                        key.id(),
                        key.kind(),
                        key.workspace(),
                        key.pool().orElse(""),
                        key.platform())
                .orElseThrow();
    }

    private static Optional<AuditRecord> decoded(JournalFeed.Fed fed) {
        try {
            return Optional.of(RecordDecoder.decode(fed.line().bytes()));
        } catch (MalformedRecordException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> request(AuditRecord record) {
        return switch (record.body()) {
            case AuditEvent.Decided decided -> Optional.of(decided.request().id());
            case AuditEvent.Completed completed -> Optional.of(completed.requestId());
            default -> Optional.empty();
        };
    }
}
