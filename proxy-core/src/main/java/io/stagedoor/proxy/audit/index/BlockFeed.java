package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.journal.CommitListener;
import io.stagedoor.proxy.audit.segment.PlacedRecord;
import io.stagedoor.proxy.audit.store.Block;
import io.stagedoor.proxy.audit.store.BlockBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers blocks of the records that the journal has just made durable, so that nobody has to read
 * and parse them again.
 *
 * <p>The writer's thread fills it, the follower's empties it. When the follower falls far behind,
 * blocks are dropped: it reads those back from the journal.
 */
final class BlockFeed implements CommitListener {
    private static final Logger LOG = LoggerFactory.getLogger(BlockFeed.class);
    private static final int MOST_WAITING = 64;

    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(MOST_WAITING);
    private @Nullable BlockBuilder building;

    /** Whatever goes wrong here must not reach the journal: the block is then read back. */
    @Override
    public void committed(PlacedRecord record) {
        try {
            add(record);
        } catch (RuntimeException e) {
            building = null;
            LOG.atError().setCause(e).addKeyValue("seq", record.seq()).log("a block was lost");
        }
    }

    private void add(PlacedRecord record) {
        BlockBuilder current = building;
        if (current == null || !current.takes(record)) {
            current = next(current, record);
        }
        current.add(record);
        building = current;
    }

    private BlockBuilder next(@Nullable BlockBuilder before, PlacedRecord record) {
        if (before == null) {
            return new BlockBuilder(record.segment(), record.offset());
        }
        full.offer(before.build());
        long offset = before.isOf(record.segment()) ? before.end() : 0;
        return new BlockBuilder(record.segment(), offset);
    }

    /** Gives the blocks that are full, the oldest first. */
    List<Block> drain() {
        List<Block> blocks = new ArrayList<>();
        full.drainTo(blocks);
        return blocks;
    }
}
