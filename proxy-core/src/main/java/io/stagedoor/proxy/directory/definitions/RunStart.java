package io.stagedoor.proxy.directory.definitions;

import io.stagedoor.proxy.directory.definitions.Use.Given;

/** What an operation starts, as far as definitions tell what that uses. */
sealed interface RunStart {

    /**
     * A stored thing.
     *
     * @param kind what it is
     * @param resource what the operation calls the name of it
     * @param given what the operation's own requirements see to already
     * @param isRead whether its definition is handed to the run as it is, so that starting it shows
     *     it
     */
    record Stored(ThingKind kind, String resource, Given given, boolean isRead)
            implements RunStart {}

    /**
     * What the request brings along.
     *
     * @param choosesRuntime whether it says on which runtime things run from then on
     */
    record Brought(boolean choosesRuntime) implements RunStart {}

    /** Nothing yet, but a linked service gets a credential that it will use. */
    record CredentialTaken() implements RunStart {}

    /** Nothing yet, but a trigger is made that will run pipelines as the service itself. */
    record TriggerMade() implements RunStart {}

    /** Returns whether the request's body tells what is used. */
    default boolean readsBody() {
        return this instanceof Brought || this instanceof CredentialTaken;
    }
}
