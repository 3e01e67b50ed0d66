package io.stagedoor.proxy.audit.search;

import java.util.List;

/**
 * The decisions that were asked for.
 *
 * @param subject whose or what they are, as it was asked
 * @param exchanges the newest first
 * @param more whether there are older ones
 * @param behind how many records were not searched yet
 */
public record History(String subject, List<Exchange> exchanges, boolean more, long behind) {

    /** Copies the exchanges. */
    public History {
        exchanges = List.copyOf(exchanges);
    }
}
