package io.stagedoor.proxy.follow;

import io.stagedoor.proxy.audit.fact.JobEdge;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Looks at runs of one service with the proxy's own identity; calls block. */
public interface RunLooks {

    /**
     * What was seen of a run.
     *
     * @param status the service's word for how it stands
     * @param hasEnded whether nothing of it changes any more
     * @param edges which jobs led to which
     */
    record Look(String status, boolean hasEnded, List<JobEdge> edges) {

        /** Copies the edges. */
        public Look {
            edges = List.copyOf(edges);
        }
    }

    /** Returns the identity that it looks with, as the record names it. */
    String actor();

    /**
     * Looks at a run.
     *
     * @param runId the run
     * @param since when it was started, about
     * @throws IOException if the service does not say
     */
    Look at(String runId, Instant since) throws IOException;
}
