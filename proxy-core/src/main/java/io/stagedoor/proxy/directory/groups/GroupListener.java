package io.stagedoor.proxy.directory.groups;

import java.time.Duration;

/** Hears of what is asked of directories. Called on any thread; must not block or throw. */
public interface GroupListener {

    /** The listener that does nothing. */
    GroupListener NONE = new GroupListener() {};

    /** What came of asking a directory for one principal. */
    enum Outcome {
        /** All groups were told. */
        FOUND,
        /** The directory does not know the principal. */
        NOT_FOUND,
        /** It wants, or is, to be left alone. */
        THROTTLED,
        /** It refuses the proxy: credential or permission. */
        REFUSED,
        /** It was not reached, or answered something unusable. */
        FAILED
    }

    /** What a request had to do with. */
    enum Shortcoming {
        /** Groups that are older than they should be. */
        OLD,
        /** No groups. */
        UNKNOWN
    }

    /** A directory was asked. */
    default void onAsked(String directory, Outcome outcome, Duration took) {}

    /** A question about a principal was answered with less than should be known. */
    default void onDegraded(String directory, Shortcoming shortcoming) {}
}
