package io.stagedoor.policy.decision;

import io.stagedoor.policy.principal.Principal;
import java.util.List;
import java.util.Objects;

/**
 * A principal on whose behalf others act (RFC 8693, section 4.1): what is done must be permitted to
 * each of them, by its own role assignments and under its own guardrails.
 *
 * @param subject on whose behalf it is done
 * @param actors who does it: the current actor, and the agent that the token was issued to; at least
 *     one, and none of them the subject. Prior actors of a chain decide nothing
 */
public record Delegation(Principal subject, List<Principal> actors) {

    /**
     * Copies the actors.
     *
     * @throws IllegalArgumentException if there is none, or the subject is among them
     */
    public Delegation {
        Objects.requireNonNull(subject, "subject");
        actors = List.copyOf(actors);
        if (actors.isEmpty()) {
            throw new IllegalArgumentException("nobody acts on behalf of the subject");
        }
        if (actors.stream().anyMatch(actor -> actor.id().equals(subject.id()))) {
            throw new IllegalArgumentException("nobody acts on their own behalf");
        }
    }
}
