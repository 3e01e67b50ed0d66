package io.stagedoor.proxy.refresh.check;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Reads from a configured workspace or factory with the proxy's own credential. Safe for any thread;
 * waits within bounds.
 */
public interface ServiceReads {

    /**
     * Asks for a resource.
     *
     * @param target what follows the workspace's or factory's own address, encoded, with a slash
     * @throws NoReadingException if there is no good answer
     */
    JsonNode get(String target) throws NoReadingException;

    /**
     * Asks by sending a JSON document, which changes nothing.
     *
     * @param target what follows the workspace's or factory's own address, encoded, with a slash
     * @throws NoReadingException if there is no good answer
     */
    JsonNode post(String target, String json) throws NoReadingException;

    /** Says why nothing could be read, in words that callers may see; has no stack trace. */
    final class NoReadingException extends Exception {

        private static final long serialVersionUID = 1L;

        /** Makes one that says why. */
        public NoReadingException(String why) {
            super(why, null, false, false);
        }

        /** Returns why. */
        public String why() {
            return String.valueOf(getMessage());
        }
    }
}
