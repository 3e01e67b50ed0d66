package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.store.Block;
import io.stagedoor.proxy.audit.store.BlockIndexer;
import io.stagedoor.proxy.audit.store.Database;
import io.stagedoor.proxy.audit.store.RequestFilter;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds the blocks in which something may be; for one thread. */
final class BlockDirectory {
    private static final int PAGE = 16;
    private static final int FILTERS = 256;
    private static final String COLUMNS = "SELECT block.id, block.segment, start, finish FROM ";
    private static final String WITHIN = " AND last_time >= ? AND first_time <= ?";

    private final Database database;

    BlockDirectory(Database database) {
        this.database = database;
    }

    /**
     * A block that the index knows.
     *
     * @param id its number, which grows with the journal
     * @param extent where it stands
     */
    record Known(long id, Block.Extent extent) {}

    /** Does something with a block. */
    @FunctionalInterface
    interface Visitor {
        /** Visits a block; gives whether to go on. */
        boolean visit(Known block) throws IOException;
    }

    /** Visits the blocks with a term, or all, that have records of a time, newest first. */
    void newestFirst(Optional<String> term, TimeRange range, Visitor visitor) throws IOException {
        long before = Long.MAX_VALUE;
        boolean goOn = true;
        while (goOn) {
            List<Known> page = page(term, range, before);
            goOn = visit(page, visitor) && page.size() == PAGE;
            before = page.isEmpty() ? before : page.getLast().id();
        }
    }

    /** Visits the blocks that may have records of a request, from one downwards. */
    void backwards(String request, long from, Visitor visitor) throws IOException {
        walk(
                request,
                from,
                visitor,
                "SELECT id, segment, start, finish, requests FROM block WHERE id <= ?"
                        + " ORDER BY id DESC LIMIT ?",
                -1);
    }

    /** Visits the blocks that may have records of a request, from one upwards. */
    void forwards(String request, long from, Visitor visitor) throws IOException {
        walk(
                request,
                from,
                visitor,
                "SELECT id, segment, start, finish, requests FROM block WHERE id >= ?"
                        + " ORDER BY id LIMIT ?",
                1);
    }

    /** Returns the block with this number, if there is one. */
    Optional<Known> block(long id) throws IOException {
        return database.find(BlockDirectory::known, COLUMNS + "block WHERE id = ?", id);
    }

    private List<Known> page(Optional<String> term, TimeRange range, long before)
            throws IOException {
        long from = BlockIndexer.micros(range.from());
        long to = BlockIndexer.micros(range.to());
        return term.isPresent()
                ? database.list(
                        BlockDirectory::known,
                        COLUMNS
                                + "posting CROSS JOIN block ON block.id = posting.block"
                                + " WHERE term = ? AND posting.block < ?"
                                + WITHIN
                                + " ORDER BY posting.block DESC LIMIT ?",
                        term.get(),
                        before,
                        from,
                        to,
                        PAGE)
                : database.list(
                        BlockDirectory::known,
                        COLUMNS + "block WHERE id < ?" + WITHIN + " ORDER BY id DESC LIMIT ?",
                        before,
                        from,
                        to,
                        PAGE);
    }

    private record Filtered(Known block, boolean mayHold) {}

    private void walk(String request, long from, Visitor visitor, String sql, int step)
            throws IOException {
        long next = from;
        boolean goOn = true;
        while (goOn) {
            List<Filtered> page =
                    database.list(
                            row ->
                                    new Filtered(
                                            known(row),
                                            RequestFilter.mayHold(row.getBytes(5), request)),
                            sql,
                            next,
                            FILTERS);
            List<Known> hits =
                    page.stream().filter(Filtered::mayHold).map(Filtered::block).toList();
            goOn = visit(hits, visitor) && page.size() == FILTERS;
            next = page.isEmpty() ? next : page.getLast().block().id() + step;
        }
    }

    private static boolean visit(List<Known> blocks, Visitor visitor) throws IOException {
        for (Known block : blocks) {
            if (!visitor.visit(block)) {
                return false;
            }
        }
        return true;
    }

    static Known known(ResultSet row) throws SQLException {
        return new Known(
                row.getLong(1), new Block.Extent(row.getLong(2), row.getLong(3), row.getLong(4)));
    }
}
