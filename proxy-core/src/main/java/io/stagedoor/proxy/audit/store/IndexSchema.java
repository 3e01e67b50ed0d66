package io.stagedoor.proxy.audit.store;

import java.io.IOException;
import java.util.Locale;

/** The tables of the index, and whether a file has them. */
public final class IndexSchema {
    /** Raised with every change of a table or of what is put into it. */
    private static final int VERSION = 2;

    private static final String TABLES =
            String.format(
                    Locale.ROOT,
                    """
            CREATE TABLE place (
              one INTEGER PRIMARY KEY CHECK (one = 1),
              segment INTEGER NOT NULL, offset INTEGER NOT NULL,
              seq INTEGER NOT NULL, hash TEXT NOT NULL, length INTEGER NOT NULL);
            CREATE TABLE block (
              id INTEGER PRIMARY KEY,
              segment INTEGER NOT NULL, start INTEGER NOT NULL, finish INTEGER NOT NULL,
              first_time INTEGER NOT NULL, last_time INTEGER NOT NULL,
              requests BLOB NOT NULL);
            CREATE TABLE posting (
              term TEXT NOT NULL, block INTEGER NOT NULL,
              PRIMARY KEY (term, block)) WITHOUT ROWID;
            CREATE TABLE job (
              id INTEGER PRIMARY KEY,
              value TEXT NOT NULL, kind TEXT NOT NULL, workspace TEXT NOT NULL,
              pool TEXT NOT NULL, platform TEXT NOT NULL,
              UNIQUE (value, kind, workspace, pool, platform));
            CREATE INDEX job_kind ON job (kind, id);
            CREATE TABLE mention (
              job INTEGER NOT NULL, touch INTEGER NOT NULL, block INTEGER NOT NULL,
              calls INTEGER NOT NULL,
              PRIMARY KEY (job, touch, block)) WITHOUT ROWID;
            CREATE TABLE edge (
              source INTEGER NOT NULL, target INTEGER NOT NULL,
              PRIMARY KEY (source, target)) WITHOUT ROWID;
            CREATE INDEX edge_target ON edge (target, source);
            PRAGMA user_version = %d;
            """,
                    VERSION);

    private static final String OUR_TABLES =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";

    private IndexSchema() {}

    /** Tells whether a database has our tables. */
    public static boolean isIn(Database database) throws IOException {
        return version(database) == VERSION;
    }

    /** Tells whether a database has no tables yet. */
    public static boolean isEmpty(Database database) throws IOException {
        return version(database) == 0;
    }

    /** Makes our tables, unless somebody else just has. */
    public static void create(Database database) throws IOException {
        database.transaction(
                () -> {
                    if (isEmpty(database)) {
                        database.run(TABLES);
                    }
                });
    }

    /** Drops whatever tables there are and makes ours. */
    public static void recreate(Database database) throws IOException {
        database.transaction(
                () -> {
                    for (String table : database.list(row -> row.getString(1), OUR_TABLES)) {
                        database.run("DROP TABLE \"" + table + "\"");
                    }
                    database.run(TABLES);
                });
    }

    private static int version(Database database) throws IOException {
        return database.find(row -> row.getInt(1), "PRAGMA user_version").orElse(0);
    }
}
