package io.stagedoor.proxy.audit;

import java.util.OptionalLong;

/**
 * How the trail is doing.
 *
 * @param status green, amber or red
 * @param reason a sentence for the operator
 * @param durableSeq the last sequence number known to be on disk
 * @param queued how many accepted events are not on disk yet
 * @param indexLag how many records the index is behind the journal, when that is known
 */
public record TrailHealth(
        Status status, String reason, long durableSeq, int queued, OptionalLong indexLag) {

    /** The colour of the lamp. */
    public enum Status {
        /** Events are taken and reach the disk. */
        GREEN,
        /** Events are taken, but somebody should look. */
        AMBER,
        /** State-changing events are refused. */
        RED
    }
}
