package io.stagedoor.proxy.audit.fact;

/**
 * That an exchange had to do with a job.
 *
 * @param role what it did to the job
 * @param job the job
 */
public record JobMention(Role role, JobKey job) {

    /** What an exchange did to a job. */
    public enum Role {
        /** It started the job. */
        STARTED,
        /** It asked about the job, or changed it. */
        TOUCHED,
        /** It asked for the job to stop. */
        CANCELLED
    }
}
