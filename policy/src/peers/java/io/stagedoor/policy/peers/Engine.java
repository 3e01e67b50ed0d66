package io.stagedoor.policy.peers;

/** Answers the questions of a workload; for one thread. */
@FunctionalInterface
interface Engine {

    /**
     * Returns whether the user of the question may do it.
     *
     * @param number the place of the question in {@link Workload#questions}
     */
    boolean allows(int number);
}
