package io.stagedoor.proxy.audit.fact;

/**
 * That one job led to another, as an answer of the upstream showed: trigger run to pipeline run,
 * pipeline run to activity run, activity run to Livy batch, Livy batch to Spark application.
 *
 * @param from the job that came first, or contains the other
 * @param to the job it led to
 */
public record JobEdge(JobKey from, JobKey to) {}
