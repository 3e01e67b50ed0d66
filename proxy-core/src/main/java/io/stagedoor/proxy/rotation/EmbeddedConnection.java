package io.stagedoor.proxy.rotation;

import java.time.Duration;
import java.util.Optional;

/**
 * What is to be embedded in connections of one piece of content.
 *
 * @param content whose connections
 * @param chosen which of them
 * @param user the user
 * @param password where the password comes from
 * @param every how often it is set although it has not changed
 */
public record EmbeddedConnection(
        Content content, Chosen chosen, String user, Password password, Optional<Duration> every) {

    /** What has connections, and how they are spoken of. */
    public enum Kind {
        /** A published data source. */
        DATASOURCE("datasources", "datasource"),
        /** A workbook. */
        WORKBOOK("workbooks", "workbook"),
        /** A flow. */
        FLOW("flows", "flow"),
        /** A virtual connection. */
        VIRTUAL_CONNECTION("virtualconnections", "virtualConnection");

        private final String segment;
        private final String word;

        Kind(String segment, String word) {
            this.segment = segment;
            this.word = word;
        }

        /** Returns the segment under which it stands in paths. */
        public String segment() {
            return segment;
        }

        /** Returns the word for one of them. */
        public String word() {
            return word;
        }
    }

    /**
     * One piece of content.
     *
     * @param kind what it is
     * @param id its LUID
     */
    public record Content(Kind kind, String id) {

        /** Returns {@code kind/id}. */
        public String text() {
            return kind.word() + "/" + id;
        }
    }

    /**
     * Which connections: those that are as all of these say.
     *
     * @param id the connection's LUID
     * @param server the server it goes to
     * @param user the user it has now
     */
    public record Chosen(Optional<String> id, Optional<String> server, Optional<String> user) {

        boolean isMeant(FoundConnection found) {
            return id.map(found.id()::equalsIgnoreCase).orElse(true)
                    && server.map(found.server()::equalsIgnoreCase).orElse(true)
                    && user.map(found.user()::equalsIgnoreCase).orElse(true);
        }
    }

    /** Where a password comes from. */
    @FunctionalInterface
    public interface Password {

        /**
         * Reads it, as it is now; may wait.
         *
         * @throws UnreadablePasswordException if it is not there
         */
        String read() throws UnreadablePasswordException;
    }

    /** Says why a password cannot be read; has no stack trace and names no secret. */
    public static final class UnreadablePasswordException extends Exception {

        private static final long serialVersionUID = 1L;

        /** Makes one that says why. */
        public UnreadablePasswordException(String why) {
            super(why, null, false, false);
        }
    }
}
