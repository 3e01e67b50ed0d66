package io.stagedoor.proxy.authn;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads who acts on behalf of a token's principal: the current actor of the {@code act} chain (RFC
 * 8693, section 4.1), and the client application where it is a configured agent. An actor whose
 * principal cannot be told refuses the token, since nobody could say what it may do.
 *
 * @param issuer the issuer of the tokens
 */
record ActorReader(TrustedIssuer issuer) {

    private static final int MAX_ACTORS = 8;

    Actors actorsOf(Claims claims, PrincipalId principal, PrincipalKind kind, Client client)
            throws RefusedException {
        List<String> chain = chain(claims);
        Set<PrincipalId> acting = new LinkedHashSet<>();
        JsonNode current = claims.payload().path(names().chain());
        if (!current.isMissingNode()) {
            acting.add(actor(current, principal.tenant()));
        }
        agent(client, principal.tenant()).ifPresent(acting::add);
        acting.remove(principal);
        if (acting.isEmpty() && isMarked(claims) && !kind.isApplication()) {
            throw unknown("the token was issued to an agent whose principal is not configured");
        }
        return new Actors(chain, List.copyOf(acting));
    }

    private ActorClaims names() {
        return issuer.claims().actors();
    }

    private PrincipalId actor(JsonNode actor, String tenant) throws RefusedException {
        boolean foreign = actor.has("iss") && !actor.path("iss").asText().equals(issuer.issuer());
        if (foreign) {
            throw unknown("the token's actor belongs to another issuer");
        }
        Optional<String> object = firstVisible(actor, names().principal());
        Optional<String> application = firstVisible(actor, names().application());
        Optional<String> agent =
                Stream.of(object, application)
                        .flatMap(Optional::stream)
                        .map(ClientReader::normalise)
                        .flatMap(name -> Stream.ofNullable(issuer.agents().get(name)))
                        .findFirst();
        return principal(agent.or(() -> object).orElse(""), tenant);
    }

    private Optional<PrincipalId> agent(Client client, String tenant) throws RefusedException {
        Map<String, String> agents = issuer.agents();
        Optional<String> agent =
                client.application().flatMap(id -> Optional.ofNullable(agents.get(id)));
        return agent.isEmpty() ? Optional.empty() : Optional.of(principal(agent.get(), tenant));
    }

    private static PrincipalId principal(String id, String tenant) throws RefusedException {
        try {
            return PrincipalId.of(tenant, id);
        } catch (IllegalArgumentException unfit) {
            throw unknown("the token's actor is no principal that is known");
        }
    }

    private boolean isMarked(Claims claims) throws RefusedException {
        return claims.text(names().marker())
                .map(text -> Arrays.asList(text.split(" ", -1)))
                .filter(values -> values.stream().anyMatch(names().markerValues()::contains))
                .isPresent();
    }

    private List<String> chain(Claims claims) throws RefusedException {
        List<String> members =
                Stream.concat(names().principal().stream(), names().application().stream())
                        .toList();
        List<String> actors = new ArrayList<>();
        JsonNode actor = claims.payload().path(names().chain());
        while (!actor.isMissingNode()) {
            String name = firstVisible(actor, members).orElse("");
            if (name.isEmpty() || actors.size() == MAX_ACTORS) {
                throw RefusedException.of(
                        Code.TOKEN_UNACCEPTABLE, "the token's chain of actors cannot be followed");
            }
            actors.add(name);
            actor = actor.path(names().chain());
        }
        return actors;
    }

    private static Optional<String> firstVisible(JsonNode object, List<String> names) {
        return IdentityReader.firstVisible(object, names);
    }

    private static RefusedException unknown(String sentence) {
        return RefusedException.of(
                Code.ACTOR_UNKNOWN,
                sentence,
                "list the agent's application and principal under `agents` of its issuer");
    }
}
