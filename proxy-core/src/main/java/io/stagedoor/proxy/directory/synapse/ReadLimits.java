package io.stagedoor.proxy.directory.synapse;

import java.time.Duration;

/**
 * How much a workspace may send and how long it may take, when the proxy reads from it.
 *
 * @param connect the longest time to set up a connection
 * @param answer the longest time from sending a request to the last octet of its answer
 * @param list the longest time for all pages of one list
 * @param answerBytes the largest body of one answer
 * @param pages the most pages of one list
 * @param assignments the most role assignments of one list
 * @param attempts how often one request is sent when the workspace asks for patience (429, 503)
 */
public record ReadLimits(
        Duration connect,
        Duration answer,
        Duration list,
        int answerBytes,
        int pages,
        int assignments,
        int attempts) {

    /** Checks that every limit is positive. */
    public ReadLimits {
        if (!isPositive(connect) || !isPositive(answer) || !isPositive(list)) {
            throw new IllegalArgumentException("a time limit of reading is not positive");
        }
        if (answerBytes < 1 || pages < 1 || assignments < 1 || attempts < 1) {
            throw new IllegalArgumentException("a size limit of reading is not positive");
        }
    }

    /** Returns limits for workspaces of up to a million assignments. */
    public static ReadLimits defaults() {
        return new ReadLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                32 << 20,
                10_000,
                1_000_000,
                4);
    }

    private static boolean isPositive(Duration limit) {
        return limit.isPositive();
    }
}
