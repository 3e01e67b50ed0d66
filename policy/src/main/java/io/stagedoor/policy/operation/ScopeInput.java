package io.stagedoor.policy.operation;

/**
 * A scope, or the name of a scope's item, that the request path does not hold and the caller has to
 * look up before an operation can be decided.
 *
 * <p>Two inputs are the same look-up when they are equal, so they serve as map keys.
 */
public sealed interface ScopeInput {

    /**
     * A field of the request body, which is JSON (S63).
     *
     * @param pointer the JSON pointer (RFC 6901) of the field, for example {@code /sparkPool}
     */
    record BodyField(String pointer) implements ScopeInput {
        @Override
        public String toString() {
            return "body " + pointer;
        }
    }

    /**
     * The Spark pool of a notebook run, as recorded when the run was made through the proxy.
     *
     * @param pathParameter the path parameter that holds the run id
     */
    record RecordedRun(String pathParameter) implements ScopeInput {
        @Override
        public String toString() {
            return "recorded-run " + pathParameter;
        }
    }

    /**
     * The Spark pool a notebook names itself: {@code properties.bigDataPool.referenceName} of its
     * stored definition (S64).
     *
     * @param bodyPointer the JSON pointer of the notebook's name in the request body
     */
    record NotebookPool(String bodyPointer) implements ScopeInput {
        @Override
        public String toString() {
            return "notebook-pool " + bodyPointer;
        }
    }

    /**
     * The Spark pool a Spark job definition names: {@code
     * properties.targetBigDataPool.referenceName} of its stored definition (S64).
     *
     * @param pathParameter the path parameter that holds the definition's name
     */
    record JobDefinitionPool(String pathParameter) implements ScopeInput {
        @Override
        public String toString() {
            return "job-definition-pool " + pathParameter;
        }
    }

    /**
     * The scope of the role assignment that is stored under an id (S43, S44). A {@code scope} query
     * parameter is only a hint of the client and never this value.
     *
     * @param pathParameter the path parameter that holds the assignment id
     */
    record StoredAssignment(String pathParameter) implements ScopeInput {
        @Override
        public String toString() {
            return "stored-assignment " + pathParameter;
        }
    }

    /** Returns whether the value is the client's own words, so that a malformed one is refused. */
    default boolean isFromClient() {
        return this instanceof BodyField;
    }

    /** Returns whether the look-up needs the request body, so that it must be read first. */
    default boolean readsBody() {
        return this instanceof BodyField || this instanceof NotebookPool;
    }
}
