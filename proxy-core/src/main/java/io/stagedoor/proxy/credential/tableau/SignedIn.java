package io.stagedoor.proxy.credential.tableau;

/**
 * What Tableau said of a session when it opened it; nothing of it is secret.
 *
 * @param siteId the site's LUID
 * @param contentUrl the site's name in addresses
 * @param userId the LUID of the user whose session it is
 */
public record SignedIn(String siteId, String contentUrl, String userId) {}
