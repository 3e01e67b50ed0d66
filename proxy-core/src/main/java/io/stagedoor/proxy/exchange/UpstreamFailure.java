package io.stagedoor.proxy.exchange;

/**
 * Why an upstream's answer did not arrive.
 *
 * @param reach how far the request had come
 * @param reason what happened, for the log and the audit record
 */
record UpstreamFailure(Reach reach, String reason) {

    /** How far a request had come when it failed. */
    enum Reach {
        /** It was not tried, for want of a connection: the upstream surely did not act. */
        NOT_TRIED,
        /** Nothing of it was sent: the upstream surely did not act. */
        NOT_SENT,
        /** It may have arrived: nobody can say whether the upstream acted. */
        MAYBE_ARRIVED,
        /** The answer had begun, and broke off. */
        ANSWER_BEGUN
    }
}
