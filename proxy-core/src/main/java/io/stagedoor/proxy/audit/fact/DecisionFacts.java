package io.stagedoor.proxy.audit.fact;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was decided, and everything needed to explain it later.
 *
 * @param verdict permit or deny
 * @param code the stable code: `permitted`, or the code of the refusal
 * @param explanation the sentence the caller was told
 * @param basis the requirements and what met them, or did not
 * @param guardrail the guardrail that forbade it, when one did
 * @param duration how long deciding took
 * @param refresh what was seen of the sources of a refresh, if it is one that is guarded
 * @param narrowed whether a list was permitted for some of its items alone
 */
public record DecisionFacts(
        Verdict verdict,
        String code,
        String explanation,
        Basis basis,
        Optional<String> guardrail,
        Duration duration,
        Optional<RefreshFacts> refresh,
        boolean narrowed) {

    /** Makes the facts of a decision that is not about a refresh. */
    public DecisionFacts(
            Verdict verdict,
            String code,
            String explanation,
            Basis basis,
            Optional<String> guardrail,
            Duration duration) {
        this(verdict, code, explanation, basis, guardrail, duration, Optional.empty(), false);
    }

    /** Returns the same facts, with what was seen of the sources of a refresh. */
    public DecisionFacts with(Optional<RefreshFacts> seen) {
        return new DecisionFacts(
                verdict, code, explanation, basis, guardrail, duration, seen, narrowed);
    }

    /** Whether the request may go on. */
    public enum Verdict {
        /** It was forwarded, or was about to be. */
        PERMIT,
        /** Nothing was forwarded. */
        DENY
    }

    /**
     * The reasons of a decision.
     *
     * @param required every action and scope the operation needs
     * @param matched the role assignments that met a requirement
     * @param missing the requirements that nothing met
     * @param suggestions the smallest sets of assignments that would have met them
     */
    public record Basis(
            List<Requirement> required,
            List<Assignment> matched,
            List<Requirement> missing,
            List<Suggestion> suggestions) {

        /** A basis with nothing in it: the request was refused before anything was required. */
        public static final Basis NONE = new Basis(List.of(), List.of(), List.of(), List.of());

        /** Copies the lists. */
        public Basis {
            required = List.copyOf(required);
            matched = List.copyOf(matched);
            missing = List.copyOf(missing);
            suggestions = List.copyOf(suggestions);
        }
    }

    /**
     * One action at one scope.
     *
     * @param action the role action
     * @param scope the scope as text
     * @param via how what was to be started reaches the thing there, if that is why it is required
     */
    public record Requirement(String action, String scope, Optional<String> via) {

        /** Makes a requirement of the operation itself. */
        public Requirement(String action, String scope) {
            this(action, scope, Optional.empty());
        }
    }

    /**
     * A role assignment that met a requirement.
     *
     * @param action the action it met
     * @param id the assignment id
     * @param role the role's name
     * @param scope the scope it is assigned at
     * @param source where the proxy had it from, such as `live` or `access.yaml:12:3`
     * @param viaGroup the group it reached the caller through; empty when assigned directly
     * @param actor the object id of the actor it was needed of; empty for the principal itself
     */
    public record Assignment(
            String action,
            String id,
            String role,
            String scope,
            String source,
            Optional<String> viaGroup,
            Optional<String> actor) {

        /** Makes an assignment that the principal itself needed. */
        public Assignment(
                String action,
                String id,
                String role,
                String scope,
                String source,
                Optional<String> viaGroup) {
            this(action, id, role, scope, source, viaGroup, Optional.empty());
        }
    }

    /**
     * One smallest set of assignments that would have changed the decision.
     *
     * @param parts all of them are needed together
     */
    public record Suggestion(List<RoleAtScope> parts) {

        /** Copies the parts. */
        public Suggestion {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A role that could be assigned, and where.
     *
     * @param role the role's name
     * @param scope the scope as text
     * @param principal the object id of whom it would have to be assigned to, where one acts on
     *     behalf of another; else empty
     */
    public record RoleAtScope(String role, String scope, Optional<String> principal) {

        /** Makes a role for the one who asked. */
        public RoleAtScope(String role, String scope) {
            this(role, scope, Optional.empty());
        }
    }
}
