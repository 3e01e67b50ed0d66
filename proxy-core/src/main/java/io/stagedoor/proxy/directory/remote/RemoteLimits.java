package io.stagedoor.proxy.directory.remote;

import java.time.Duration;

/**
 * How much a service may send and how long it may take.
 *
 * @param connect the longest time to set up a connection
 * @param answer the longest time from sending a request to the last octet of its answer
 * @param list the longest time for all pages of one list
 * @param answerBytes the largest body of one answer
 * @param pages the most pages of one list
 * @param entries the most entries of one list
 * @param atOnce how many requests may be under way at a time
 */
public record RemoteLimits(
        Duration connect,
        Duration answer,
        Duration list,
        int answerBytes,
        int pages,
        int entries,
        int atOnce) {

    /** Checks that every limit is positive. */
    public RemoteLimits {
        if (!connect.isPositive() || !answer.isPositive() || !list.isPositive()) {
            throw new IllegalArgumentException("a time limit of asking is not positive");
        }
        if (answerBytes < 1 || pages < 1 || entries < 1 || atOnce < 1) {
            throw new IllegalArgumentException("a size limit of asking is not positive");
        }
    }

    /** Returns limits for the groups of one principal. */
    public static RemoteLimits defaults() {
        return new RemoteLimits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                4 << 20,
                100,
                20_000,
                32);
    }
}
