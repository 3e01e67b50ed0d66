package io.stagedoor.proxy.cli.demo.workspace;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** The names of a workspace's Spark pools, found in any case. Safe for use by several threads. */
final class SparkPools {
    private final String workspace;
    private final Set<String> names = new ConcurrentSkipListSet<>(String.CASE_INSENSITIVE_ORDER);

    SparkPools(String workspace) {
        this.workspace = workspace;
    }

    static String folded(String pool) {
        return pool.toLowerCase(Locale.ROOT);
    }

    String workspace() {
        return workspace;
    }

    void add(String pool) {
        names.add(pool);
    }

    boolean has(String pool) {
        return names.contains(pool);
    }

    Set<String> all() {
        return new TreeSet<>(names);
    }
}
