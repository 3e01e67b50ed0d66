package io.stagedoor.proxy.authn;

import java.util.List;
import java.util.Set;

/**
 * Which claims say who acts on behalf of the principal.
 *
 * @param chain the claim with the chain of actors ({@code act}, RFC 8693, section 4.1)
 * @param principal the members of an actor that may hold its immutable id in the issuer's tenant
 * @param application the members of an actor that may hold its application id
 * @param marker the claim that marks tokens issued to an agent
 * @param markerValues the values of that claim, among others separated by spaces, that do
 */
public record ActorClaims(
        String chain,
        List<String> principal,
        List<String> application,
        String marker,
        Set<String> markerValues) {

    /**
     * The standard's claims, and those of Entra Agent ID: the actor facet {@code 11} marks an agent
     * identity.
     */
    public static final ActorClaims USUAL =
            new ActorClaims(
                    "act",
                    List.of("oid", "sub"),
                    List.of("client_id", "azp", "appid"),
                    "xms_act_fct",
                    Set.of("11"));

    /** Copies the lists. */
    public ActorClaims {
        principal = List.copyOf(principal);
        application = List.copyOf(application);
        markerValues = Set.copyOf(markerValues);
    }
}
