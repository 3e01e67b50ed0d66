package io.stagedoor.proxy.credential.tableau;

import io.stagedoor.proxy.credential.UpstreamCredential;
import java.time.Duration;
import java.time.Instant;

/**
 * A session that is held for callers, with the times at which it is renewed and given up.
 *
 * @param session what Tableau opened
 * @param credential what its callers' requests bear
 * @param renewAt from when on another is opened in the background by whoever uses it
 */
record HeldSession(SiteSession session, UpstreamCredential credential, Instant renewAt) {

    private static final String FIELD = "X-Tableau-Auth";

    /**
     * Makes one. Tableau ends a session some time after its last use, and tells how long one lasts at
     * the most: the shorter counts from the beginning, so that nobody need know when it was used.
     *
     * @param idle how long it surely lasts
     */
    static HeldSession of(SiteSession session, Instant now, Duration idle) {
        Duration life = session.life().filter(told -> told.compareTo(idle) < 0).orElse(idle);
        return new HeldSession(
                session,
                new UpstreamCredential(
                        FIELD, session.token(), now.plus(life.multipliedBy(9).dividedBy(10))),
                now.plus(life.multipliedBy(3).dividedBy(4)));
    }

    boolean usableAt(Instant now) {
        return now.isBefore(credential.expiresAt());
    }
}
