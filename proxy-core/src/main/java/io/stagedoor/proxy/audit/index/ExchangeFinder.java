package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the records of one request, which may stand in several blocks; for one thread. */
final class ExchangeFinder {
    private final BlockDirectory blocks;
    private final BlockReader reader;

    ExchangeFinder(BlockDirectory blocks, BlockReader reader) {
        this.blocks = blocks;
        this.reader = reader;
    }

    /** Gives all records of a request, in order, looking at the newest blocks first. */
    List<AuditRecord> of(String request) throws IOException {
        return around(request, Long.MAX_VALUE - 1);
    }

    /** Gives all records of a request, in order, looking first at a block that has one of them. */
    List<AuditRecord> around(String request, long block) throws IOException {
        List<AuditRecord> found = new ArrayList<>();
        Needle needle = Needle.of(request);
        blocks.backwards(
                request,
                block,
                known -> {
                    take(request, reader.find(known.extent(), needle), found);
                    return found.stream().noneMatch(ExchangeFinder::isDecision);
                });
        if (found.stream().anyMatch(ExchangeFinder::isOpen) && hasNoEnd(found)) {
            blocks.forwards(
                    request,
                    block + 1,
                    known -> {
                        take(request, reader.find(known.extent(), needle), found);
                        return hasNoEnd(found);
                    });
        }
        found.sort(Comparator.comparingLong(AuditRecord::seq));
        return found;
    }

    private static void take(String request, List<AuditRecord> records, List<AuditRecord> found) {
        for (AuditRecord record : records) {
            if (requestOf(record).equals(request)) {
                found.add(record);
            }
        }
    }

    /** Gives the request that a record is about; an empty text for none. */
    static String requestOf(AuditRecord record) {
        return switch (record.body()) {
            case AuditEvent.Decided decided -> decided.request().id();
            case AuditEvent.Completed completed -> completed.requestId();
            default -> "";
        };
    }

    private static boolean isDecision(AuditRecord record) {
        return record.body() instanceof AuditEvent.Decided;
    }

    private static boolean isOpen(AuditRecord record) {
        return record.body() instanceof AuditEvent.Decided decided && decided.opensExchange();
    }

    private static boolean hasNoEnd(List<AuditRecord> found) {
        return found.stream().noneMatch(record -> record.body() instanceof AuditEvent.Completed);
    }
}
