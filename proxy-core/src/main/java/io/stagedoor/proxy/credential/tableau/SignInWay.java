package io.stagedoor.proxy.credential.tableau;

import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.credential.TokenUnavailableException;
import java.util.Optional;

/** How sessions are opened at a site. Safe for any thread. */
interface SignInWay {

    /** Returns the word that logs, health and messages use. */
    String kind();

    /**
     * Returns the key of the session that serves a demand.
     *
     * @throws TokenUnavailableException if no session of this kind can serve it
     */
    SessionKey keyOf(CredentialDemand demand) throws TokenUnavailableException;

    /** Opens a session; blocks. */
    SiteSession signIn(SessionKey key, SiteClient client) throws SignInException;

    /** Returns whether opening a session ends the one before. */
    boolean endsFormer();

    /** Returns the key of a session that is worth opening before anybody asks. */
    Optional<SessionKey> ahead();
}
