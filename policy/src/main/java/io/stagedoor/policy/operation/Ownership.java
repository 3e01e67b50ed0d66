package io.stagedoor.policy.operation;

/**
 * How an operation concerns who made a thing: some ids belong to the principal that made them
 * through the proxy (S59, S61).
 *
 * @param rule what the operation does to ownership, or asks of it
 * @param id the place of the id that is owned; its kind and qualifiers make the key
 */
public record Ownership(Rule rule, JobIdRule id) {

    /** What an operation does to ownership, or asks of it. */
    public enum Rule {
        /** The platform makes the id, and its answer shows it: it belongs to the caller from then. */
        CREATES,
        /**
         * The caller chooses the id: on first use it becomes the caller's; once another principal's,
         * the request is refused (S61).
         */
        CLAIMS,
        /**
         * Only the principal that made it may do this; an id with no known owner is nobody's, and
         * refused (S59).
         */
        OWNER_ONLY
    }
}
