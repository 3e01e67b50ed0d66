package io.stagedoor.proxy.authn;

import java.util.List;

/**
 * Which claims of an issuer's tokens say who is asking.
 *
 * @param principal the claim with the principal's immutable id in its tenant
 * @param groups the claim with the ids of all groups that the principal is in
 * @param clientApplication the claims that may name the client application
 * @param userName the claims that may hold the name by which an upstream knows the caller
 * @param actors which claims say who acts on the principal's behalf
 */
public record ClaimNames(
        String principal,
        String groups,
        List<String> clientApplication,
        List<String> userName,
        ActorClaims actors) {

    private static final List<String> USUAL_NAMES = List.of("upn", "preferred_username");

    /** The claims of Microsoft Entra ID, version 1 and 2. */
    public static final ClaimNames ENTRA = new ClaimNames("oid", "groups", List.of("azp", "appid"));

    /** Copies the lists. */
    public ClaimNames {
        clientApplication = List.copyOf(clientApplication);
        userName = List.copyOf(userName);
    }

    /** Makes the names of an issuer that names people and actors in the usual way. */
    public ClaimNames(String principal, String groups, List<String> clientApplication) {
        this(principal, groups, clientApplication, USUAL_NAMES, ActorClaims.USUAL);
    }
}
