package io.stagedoor.proxy.credential.tableau;

import java.time.Duration;
import java.util.Optional;

/**
 * A session that Tableau opened.
 *
 * @param token what later calls bear in {@code X-Tableau-Auth}
 * @param siteId the site's LUID
 * @param contentUrl the site's name in addresses
 * @param userId the LUID of the user whose session it is
 * @param life how long it is estimated to last, if Tableau told
 */
record SiteSession(
        String token, String siteId, String contentUrl, String userId, Optional<Duration> life) {

    /** Masks the token. */
    @Override
    public String toString() {
        return "SiteSession[****, siteId=" + siteId + ", userId=" + userId + "]";
    }
}
