package io.stagedoor.proxy.admin.resource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Has what is known of access read again. Safe for any thread; waits. */
public interface Refreshing {

    /**
     * Reads again, and waits for it within bounds.
     *
     * @param workspace the only one to read, or nothing for all
     * @return what came of each; empty if there is no such workspace
     */
    List<Refreshed> refresh(Optional<String> workspace);

    /**
     * What came of one.
     *
     * @param workspace its configured name
     * @param snapshot the id of the snapshot in use from now on; empty if there is none
     * @param assignments how many role assignments it holds
     * @param age how old it is; empty if it does not age
     * @param failure why it could not be read; empty if it was
     */
    record Refreshed(
            String workspace,
            Optional<String> snapshot,
            int assignments,
            Optional<Duration> age,
            Optional<String> failure) {}
}
