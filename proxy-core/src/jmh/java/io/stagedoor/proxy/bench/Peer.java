package io.stagedoor.proxy.bench;

/**
 * A proxy that is measured.
 *
 * @param name what it is called in tables and files
 */
record Peer(String name, PinnedJvm process) {

    /** The name of the floor. */
    static final String BARE = "bare";

    /** The name of the proxy that all of this is about. */
    static final String STAGEDOOR = "stagedoor";
}
