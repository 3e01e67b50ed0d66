package io.stagedoor.proxy.refresh.site;

import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;
import java.util.function.Supplier;

/** Where sessions of the proxy at one site come from. Safe for any thread. */
public interface SiteSessions {

    /**
     * Returns a session; may wait for one to be opened.
     *
     * @throws RefusedException if none can be had at present
     */
    SiteSession session() throws RefusedException;

    /**
     * Learns that the site did not accept a session.
     *
     * @return whether it is worth asking for another and trying once more
     */
    boolean refused(SiteSession session);

    /** Returns sessions from what is known elsewhere; a refused one is not replaced. */
    static SiteSessions of(Supplier<String> token, Supplier<String> siteLuid) {
        return new SiteSessions() {
            @Override
            public SiteSession session() {
                return new SiteSession(SiteSession.FIELD, token.get(), Optional.of(siteLuid.get()));
            }

            @Override
            public boolean refused(SiteSession session) {
                return !token.get().equals(session.value());
            }
        };
    }
}
