package io.stagedoor.proxy.audit.search;

import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.index.JobGraph;
import java.util.List;

/** What is known of a job id. */
public sealed interface JobAnswer {

    /** Gives how many records the index was behind the journal when it was asked. */
    long behind();

    /**
     * Nothing.
     *
     * @param asked the id as it was given
     * @param behind how many records were not searched yet
     */
    record Unknown(String asked, long behind) implements JobAnswer {}

    /**
     * There are several jobs with this id; each can be asked for by its full name.
     *
     * @param asked the id as it was given
     * @param candidates the jobs
     * @param behind how many records were not searched yet
     */
    record Ambiguous(String asked, List<JobKey> candidates, long behind) implements JobAnswer {

        /** Copies the candidates. */
        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * Its story.
     *
     * @param job the job
     * @param graph the jobs that hang together with it
     * @param exchanges every request that had to do with any of them, and for a refresh those that
     *     were held back before it was let through; the oldest first
     * @param omitted how many more requests only asked about them
     * @param behind how many records were not searched yet
     */
    record Story(JobKey job, JobGraph graph, List<Exchange> exchanges, long omitted, long behind)
            implements JobAnswer {

        /** Copies the exchanges. */
        public Story {
            exchanges = List.copyOf(exchanges);
        }
    }
}
