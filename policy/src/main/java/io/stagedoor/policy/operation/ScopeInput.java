package io.stagedoor.policy.operation;

import java.util.Optional;

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

    /**
     * The project that holds a Tableau thing, by the thing's id in the path.
     *
     * @param kind the kind of thing
     * @param pathParameter the path parameter that holds its id
     */
    record ContentProject(ContentKind kind, String pathParameter) implements ScopeInput {
        @Override
        public String toString() {
            return "project-of " + kind.text() + " " + pathParameter;
        }
    }

    /**
     * The project that holds a Tableau thing whose kind stands in the path too, as a {@linkplain
     * ContentKind#ofWord word}.
     *
     * @param kindParameter the path parameter that holds the kind
     * @param pathParameter the path parameter that holds the id
     */
    record TypedContentProject(String kindParameter, String pathParameter) implements ScopeInput {
        @Override
        public String toString() {
            return "project-of {" + kindParameter + "} " + pathParameter;
        }
    }

    /**
     * The project that holds the Tableau thing whose id is a field of the request body.
     *
     * @param kind the kind of thing
     * @param bodyPointer the pointer of the field
     */
    record BodyContentProject(ContentKind kind, String bodyPointer) implements ScopeInput {
        @Override
        public String toString() {
            return "project-of " + kind.text() + " in body " + bodyPointer;
        }
    }

    /**
     * The scope that a GraphQL document of the request body keeps to; absent, so the root, unless
     * one is found. A document that cannot be parsed, or that is more than a query, is refused.
     *
     * @param bodyPointer the pointer of the document
     */
    record GraphQlQuery(String bodyPointer) implements ScopeInput {
        @Override
        public String toString() {
            return "graphql " + bodyPointer;
        }
    }

    /**
     * What the platform calls the root behind the route. Absent where that is not known, so that no
     * path can be found to name it.
     *
     * @param form which of its names
     */
    record RootName(RootReference.Form form) implements ScopeInput {
        @Override
        public String toString() {
            return "root-" + form.text();
        }
    }

    /** Returns whether the look-up asks which project holds a thing. */
    default boolean asksForProject() {
        return switch (this) {
            case ContentProject _, TypedContentProject _, BodyContentProject _ -> true;
            case BodyField _,
                    RecordedRun _,
                    NotebookPool _,
                    JobDefinitionPool _,
                    StoredAssignment _,
                    GraphQlQuery _,
                    RootName _ ->
                    false;
        };
    }

    /** Returns whether the value is the client's own words, so that a malformed one is refused. */
    default boolean isFromClient() {
        return this instanceof BodyField;
    }

    /** Returns the field of the request body that the look-up needs to be read first, if any. */
    default Optional<String> readsBodyAt() {
        return switch (this) {
            case BodyField(String pointer) -> Optional.of(pointer);
            case NotebookPool(String pointer) -> Optional.of(pointer);
            case BodyContentProject(var _, String pointer) -> Optional.of(pointer);
            case GraphQlQuery(String pointer) -> Optional.of(pointer);
            case RecordedRun _,
                    JobDefinitionPool _,
                    StoredAssignment _,
                    ContentProject _,
                    TypedContentProject _,
                    RootName _ ->
                    Optional.empty();
        };
    }
}
