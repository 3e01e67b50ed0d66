package io.stagedoor.proxy.audit.fact;

import java.util.List;
import java.util.Optional;

/**
 * Who asked, as the verified token says it.
 *
 * @param principal the person, service or managed identity
 * @param clientApplication the client application id (`appid` or `azp`)
 * @param actors who acts for the principal: first the object ids of those who had to be permitted as
 *     well, then the further names of the `act` chain, nearest first
 * @param groups what was known of the principal's groups
 * @param token which token it was; never the token
 */
public record CallerFacts(
        PrincipalFacts principal,
        Optional<String> clientApplication,
        List<String> actors,
        GroupFacts groups,
        TokenFacts token) {

    /** Copies the actors. */
    public CallerFacts {
        actors = List.copyOf(actors);
    }

    /**
     * The principal itself.
     *
     * @param tenant the tenant id
     * @param objectId the object id, which with the tenant is the key everywhere
     * @param kind such as `user`, `guest`, `service_principal` or `managed_identity`
     * @param label a name for people (user principal name, display name); never decided on
     */
    public record PrincipalFacts(
            String tenant, String objectId, String kind, Optional<String> label) {

        /** Gives the label if there is one, else the object id. */
        public String name() {
            return label.orElse(objectId);
        }
    }

    /**
     * What was known of the groups when the decision was made.
     *
     * @param count how many groups were counted in
     * @param complete whether that was all of them
     * @param source where they come from, if not from the token: a directory's configured name, or
     *     {@code declared}
     * @param degraded whether that source could not be asked when it should have been
     */
    public record GroupFacts(
            int count, boolean complete, Optional<String> source, boolean degraded) {}

    /**
     * Which token was shown.
     *
     * @param issuer the issuer as it is configured or as the token names it
     * @param id the token's own id (`uti` or `jti`)
     * @param clientAuthentication how the client application proved to the issuer who it is: `public`,
     *     `secret` or `certificate`; empty if the token does not say
     * @param binding what the sender proved to have: `certificate`, `key`, or both with a comma
     *     between; empty for a bearer token
     */
    public record TokenFacts(
            String issuer,
            Optional<String> id,
            Optional<String> clientAuthentication,
            Optional<String> binding) {

        /** Makes the facts of a bearer token that says nothing of its client's authentication. */
        public TokenFacts(String issuer, Optional<String> id) {
            this(issuer, id, Optional.empty(), Optional.empty());
        }
    }
}
