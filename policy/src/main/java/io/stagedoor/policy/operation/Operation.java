package io.stagedoor.policy.operation;

import io.stagedoor.policy.role.Action;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One documented REST call of a platform.
 *
 * @param name the documented operation id, for example {@code Pipeline_CreatePipelineRun}; unique in
 *     its catalogue
 * @param platform the platform
 * @param method the HTTP method, in capitals
 * @param path the path, and the query parameter that tells it apart, if one does
 * @param kind the kind of thing it concerns, for example {@code pipelineRun}
 * @param effect what it does
 * @param requirements what it needs; all must hold
 * @param traits what is particular about it
 */
public record Operation(
        String name,
        Platform platform,
        String method,
        PathTemplate path,
        String kind,
        Effect effect,
        List<Requirement> requirements,
        OperationTraits traits) {

    /** Copies the list. */
    public Operation {
        requirements = List.copyOf(requirements);
    }

    /**
     * Makes the operation of opening a WebSocket (RFC 6455), which may do anything that the service
     * lets its messages do.
     *
     * @param name what the tunnel is called
     * @param path the path it is opened on
     * @param action what it needs at the workspace
     */
    public static Operation tunnel(String name, PathTemplate path, Action action) {
        return new Operation(
                "tunnel:" + name,
                Platform.SYNAPSE,
                "GET",
                path,
                "tunnel",
                Effect.EXECUTE,
                List.of(new Requirement(action, new ScopeRule.AtRoot())),
                new OperationTraits(Set.of(), Set.of(101), List.of(), List.of(), Optional.empty()));
    }

    /**
     * Returns whether no known action covers the operation. Nobody may be permitted it by a role;
     * it is denied as unmapped (S57).
     */
    public boolean isUnmapped() {
        return requirements.isEmpty() && !traits.answeredLocally();
    }

    /**
     * Returns whether the operation concerns only the caller, is answered by the proxy itself and
     * needs no right: it never reaches an upstream (S58).
     */
    public boolean isSelfService() {
        return requirements.isEmpty() && traits.answeredLocally();
    }

    /**
     * Returns whether a session that is limited to scopes can serve the operation: of Tableau those
     * that name one. The others need a session of a personal access token or a password.
     */
    public boolean isServedByScopedSession() {
        return platform != Platform.TABLEAU || !traits.upstreamScopes().isEmpty();
    }

    /** Returns {@code name (METHOD path)}. */
    @Override
    public String toString() {
        return name + " (" + method + " " + path + ")";
    }
}
