package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.decode.MalformedRecordException;
import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.record.JournalEvent;
import io.stagedoor.proxy.audit.segment.JournalFeed;
import io.stagedoor.proxy.audit.segment.JournalPlace;
import io.stagedoor.proxy.audit.segment.PlacedRecord;
import io.stagedoor.proxy.audit.store.Block;
import io.stagedoor.proxy.audit.store.BlockBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes blocks of what was read back from the journal. */
final class JournalBlocks {
    private static final JournalEvent.Checkpoint NOTHING_KNOWN =
            new JournalEvent.Checkpoint(JournalEvent.Reason.IDLE, 0);

    private JournalBlocks() {}

    /** Makes blocks of records that follow a place, in order. */
    static List<Block> of(List<JournalFeed.Fed> records, JournalPlace after) {
        List<Block> blocks = new ArrayList<>();
        BlockBuilder building = new BlockBuilder(after.segment(), after.offset());
        for (JournalFeed.Fed fed : records) {
            Optional<AuditRecord> record = decoded(fed);
            PlacedRecord placed = placed(fed, record);
            if (!building.takes(placed)) {
                addTo(blocks, building);
                building = next(building, placed);
            }
            if (record.isPresent()) {
                building.add(placed);
            } else {
                building.passOver(placed);
            }
        }
        addTo(blocks, building);
        return blocks;
    }

    private static BlockBuilder next(BlockBuilder before, PlacedRecord record) {
        return before.isOf(record.segment())
                ? new BlockBuilder(record.segment(), before.end())
                : new BlockBuilder(record.segment(), 0);
    }

    private static void addTo(List<Block> blocks, BlockBuilder building) {
        if (!building.isEmpty()) {
            blocks.add(building.build());
        }
    }

    private static PlacedRecord placed(JournalFeed.Fed fed, Optional<AuditRecord> record) {
        return new PlacedRecord(
                fed.segment(),
                fed.line().offset(),
                fed.line().end(),
                fed.hashed().seq(),
                fed.hashed().hash(),
                record.map(AuditRecord::time).orElse(Instant.EPOCH),
                record.map(AuditRecord::body).orElse(NOTHING_KNOWN));
    }

    private static Optional<AuditRecord> decoded(JournalFeed.Fed fed) {
        try {
            return Optional.of(RecordDecoder.decode(fed.line().bytes()));
        } catch (MalformedRecordException e) {
            return Optional.empty();
        }
    }
}
