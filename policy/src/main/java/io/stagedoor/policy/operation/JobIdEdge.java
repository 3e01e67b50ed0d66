package io.stagedoor.policy.operation;

/**
 * A link between two job ids that one exchange shows: the job of {@code parent} started, or is, the
 * job of {@code child}.
 *
 * <p>When both rules yield many ids, an id links only to those that come from the same elements: the
 * {@code *} of the part that both JSON pointers begin with stand for the same positions. So {@code
 * /value/}*{@code /triggerRunId} of one element links to each {@code /value/}*{@code
 * /triggeredPipelines/}* of that element, and to none of another. An id does not link to itself.
 *
 * @param parent the rule of the id that comes first
 * @param child the rule of the id that follows from it
 */
public record JobIdEdge(JobIdRule parent, JobIdRule child) {}
