package io.stagedoor.proxy.audit.store;

import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Some hundred records that follow each other in one segment, and the keys under which the index
 * finds them; what they say is read from the journal.
 *
 * @param extent where they stand
 * @param from the time of the oldest
 * @param to the time of the newest
 * @param requests the ids of the requests that they are about
 * @param terms the words of their decisions
 * @param mentions the jobs they mention
 * @param edges how those jobs hang together
 * @param end the frame of the last of them
 */
public record Block(
        Extent extent,
        Instant from,
        Instant to,
        Collection<String> requests,
        Set<String> terms,
        Map<JobKey, Calls> mentions,
        Set<JobEdge> edges,
        End end) {

    /**
     * Where a block stands.
     *
     * @param segment the first sequence number of its segment
     * @param offset where it begins there
     * @param end where what follows begins
     */
    public record Extent(long segment, long offset, long end) {}

    /**
     * The last record of a block.
     *
     * @param seq its sequence number
     * @param hash its hash
     * @param length the length of its line, without the line feed
     */
    public record End(long seq, String hash, int length) {}

    /**
     * How often a job is mentioned.
     *
     * @param changes by requests that started or stopped it
     * @param touches by requests that did neither
     */
    public record Calls(int changes, int touches) {
        static final Calls NONE = new Calls(0, 0);

        Calls plus(Calls more) {
            return new Calls(changes + more.changes, touches + more.touches);
        }
    }
}
