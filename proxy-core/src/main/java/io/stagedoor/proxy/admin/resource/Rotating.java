package io.stagedoor.proxy.admin.resource;

import java.util.List;
import java.util.Optional;

/** Has embedded credentials of Tableau connections set. Safe for any thread; waits. */
public interface Rotating {

    /**
     * Goes through the connections of a site.
     *
     * @return what came of it; empty if no connections of such a site are configured
     */
    Optional<Round> rotate(Order order);

    /**
     * What is asked for.
     *
     * @param site the site's configured name
     * @param operator who asks
     * @param dryRun whether nothing is changed
     * @param all whether everything is set, due or not
     */
    record Order(String site, String operator, boolean dryRun, boolean all) {}

    /**
     * What came of it.
     *
     * @param busy whether nothing was done, since another round is under way
     * @param connections what came of each connection
     */
    record Round(boolean busy, List<Rotated> connections) {

        /** Copies the list. */
        public Round {
            connections = List.copyOf(connections);
        }
    }

    /**
     * What came of one.
     *
     * @param content whose connection
     * @param connection its id; empty if none was found
     * @param result one of {@code unchanged}, {@code would_set}, {@code set}, {@code failed}
     * @param detail why
     */
    record Rotated(String content, String connection, String result, String detail) {}
}
