package io.stagedoor.proxy.audit.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One connection to an SQLite file, with its statements kept prepared; for one thread at a time.
 *
 * <p>Write-ahead logging lets others read while one writes. Commits are not flushed to the disk:
 * what a power cut takes away is derived again.
 */
public final class Database implements Closeable {
    private static final int BUSY_MILLIS = 5_000;
    private static final int PAGE_CACHE_KIB = 16_384;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** Reads one row. */
    @FunctionalInterface
    public interface Row<T> {
        /** Reads the row that the cursor is on. */
        T read(ResultSet row) throws SQLException;
    }

    /** Does something within a transaction. */
    @FunctionalInterface
    public interface Work {
        /** Does it; the transaction is taken back when it throws. */
        void run() throws IOException;
    }

    private Database(Connection connection) {
        this.connection = connection;
    }

    /** Opens a file, which is made when it may be written and is not there. */
    public static Database open(Path file, boolean readOnly) throws IOException {
        try {
            return new Database(
                    DriverManager.getConnection("jdbc:sqlite:" + file, properties(readOnly)));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Runs statements that give nothing, separated by semicolons. */
    public void run(String statements) throws IOException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(statements);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Runs a statement that changes rows. */
    public void update(String sql, Object... parameters) throws IOException {
        try {
            bind(sql, parameters).executeUpdate();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Runs a statement that makes one row of a table with an id, and gives that id. */
    public long insert(String sql, Object... parameters) throws IOException {
        return find(row -> row.getLong(1), sql + " RETURNING id", parameters).orElseThrow();
    }

    /** Runs a query and reads all its rows. */
    public <T> List<T> list(Row<T> row, String sql, Object... parameters) throws IOException {
        try (ResultSet rows = bind(sql, parameters).executeQuery()) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(row.read(rows));
            }
            return read;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Gives the text of every statement that was bound so far. */
    public Set<String> statements() {
        return Set.copyOf(prepared.keySet());
    }

    /** Runs a query that has one row or none. */
    public <T> Optional<T> find(Row<T> row, String sql, Object... parameters) throws IOException {
        return list(row, sql, parameters).stream().findFirst();
    }

    /** Does work that takes effect as a whole or not at all, with no other writer in between. */
    public void transaction(Work work) throws IOException {
        run("BEGIN IMMEDIATE");
        boolean done = false;
        try {
            work.run();
            run("COMMIT");
            done = true;
        } finally {
            if (!done) {
                rollback();
            }
        }
    }

    /** Tells whether a failure says that the file is no usable database. */
    public static boolean isDamage(IOException failure) {
        return failure.getCause() instanceof SQLiteException sqlite
                && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CORRUPT
                        || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB);
    }

    @Override
    public void close() throws IOException {
        try {
            for (PreparedStatement statement : prepared.values()) {
                statement.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private PreparedStatement bind(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        statement.clearParameters();
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
        return statement;
    }

    /** Binds a value; an {@link Optional} that is empty is bound as NULL. */
    private static void bind(PreparedStatement statement, int index, Object value)
            throws SQLException {
        if (value instanceof Optional<?> optional) {
            if (optional.isPresent()) {
                statement.setObject(index, optional.get());
            } else {
                statement.setNull(index, Types.NULL);
            }
        } else {
            statement.setObject(index, value);
        }
    }

    private void rollback() {
        try {
            run("ROLLBACK");
        } catch (IOException e) {
            // SQLite has rolled back by itself already, for example when the disk is full.
        }
    }

    private static Properties properties(boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setCacheSize(-PAGE_CACHE_KIB);
        if (!readOnly) {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        }
        return config.toProperties();
    }

    private static IOException failure(SQLException cause) {
        return new IOException("the audit index: " + cause.getMessage(), cause);
    }
}
