package io.stagedoor.proxy.refresh;

import java.util.Optional;

/** Finds out what content a path leads to, and in which project it is. Safe for any thread. */
public interface ContentLookup {

    /**
     * What was found out.
     *
     * @param content the content; empty if it cannot be told
     * @param failure why not
     */
    record Answer(Optional<Content> content, String failure) {

        /** Makes the answer that names content. */
        public static Answer of(Content content) {
            return new Answer(Optional.of(content), "");
        }

        /** Makes the answer that it cannot be told. */
        public static Answer unknown(String why) {
            return new Answer(Optional.empty(), why);
        }
    }

    /** Returns what is known without asking. */
    Optional<Answer> atHand(RefreshTarget target);

    /** Returns what is known, or asks; waits within bounds. */
    Answer find(RefreshTarget target);
}
