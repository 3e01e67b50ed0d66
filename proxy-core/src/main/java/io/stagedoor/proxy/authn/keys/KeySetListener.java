package io.stagedoor.proxy.authn.keys;

/**
 * Hears of every fetch of a key set, for metrics. Called on the thread that fetched; must not block.
 */
public interface KeySetListener {

    /** The listener that does nothing. */
    KeySetListener NONE = new KeySetListener() {};

    /** A key set was fetched and is in use. */
    default void onKeySetLoaded(KeySetStatus status) {}

    /** A fetch failed; keys fetched before stay in use until they are too old. */
    default void onKeySetFailed(KeySetStatus status) {}
}
