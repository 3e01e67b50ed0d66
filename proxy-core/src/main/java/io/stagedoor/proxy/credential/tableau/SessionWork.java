package io.stagedoor.proxy.credential.tableau;

import io.stagedoor.proxy.credential.TokenUnavailableException;
import java.time.Instant;

/** What a slot has done for it by those it belongs to. */
interface SessionWork {

    /** Returns the time. */
    Instant now();

    /** Opens a session; blocks. */
    HeldSession open(SessionKey key) throws TokenUnavailableException;

    /** Gets a session that is not handed out any more, though some may still be using it. */
    void replaced(HeldSession former);

    /** Gets a session that nobody uses. */
    void unused(HeldSession session);
}
