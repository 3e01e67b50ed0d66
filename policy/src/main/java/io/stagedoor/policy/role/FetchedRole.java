package io.stagedoor.policy.role;

import io.stagedoor.policy.scope.ScopeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A role definition as a service answered it, and what of the answer is not understood.
 *
 * <p>An unknown action grants nothing, as no operation needs it; it is reported, since it may mean
 * that this release is behind the service. The role's own {@code notDataActions} are taken out of
 * this role alone: another role may still give them. Wildcards are unknown to the model: as a data
 * action one gives nothing, and as an exception it leaves the role without any action, because what
 * it takes out cannot be told.
 *
 * @param definition the role as far as it is understood
 * @param unknownActions action strings of either list that are not known, in their order
 * @param unknownScopes scope templates of no known form, in their order
 */
public record FetchedRole(
        RoleDefinition definition, List<String> unknownActions, List<String> unknownScopes) {

    /** Copies the lists. */
    public FetchedRole {
        Objects.requireNonNull(definition, "definition");
        unknownActions = List.copyOf(unknownActions);
        unknownScopes = List.copyOf(unknownScopes);
    }

    /**
     * What the service says of a role.
     *
     * @param id the GUID of the definition
     * @param name the name of the role
     * @param dataActions full action names the role gives
     * @param notDataActions full action names that are taken out again, within this role
     * @param scopes templates such as {@code workspaces/{workspaceName}}
     * @param builtIn whether the role comes with the service
     */
    public record Answer(
            String id,
            String name,
            Collection<String> dataActions,
            Collection<String> notDataActions,
            Collection<String> scopes,
            boolean builtIn) {}

    /**
     * Reads an answer; nothing in its lists is fatal.
     *
     * @throws IllegalArgumentException if the id or the name is blank
     */
    public static FetchedRole of(Answer answer) {
        List<String> unknownActions = new ArrayList<>();
        ActionSet given = known(answer.dataActions, unknownActions);
        ActionSet excepted = known(answer.notDataActions, unknownActions);
        boolean unreadable = answer.notDataActions.stream().anyMatch(name -> name.contains("*"));
        List<String> unknownScopes = new ArrayList<>();
        RoleDefinition definition =
                new RoleDefinition(
                        answer.id,
                        answer.name.strip(),
                        unreadable ? ActionSet.NONE : given.minus(excepted),
                        knownTypes(answer.scopes, unknownScopes),
                        answer.builtIn);
        return new FetchedRole(definition, unknownActions, unknownScopes);
    }

    private static ActionSet known(Collection<String> names, List<String> unknown) {
        List<Action> actions = new ArrayList<>();
        for (String name : names) {
            Action.find(name).ifPresentOrElse(actions::add, () -> unknown.add(name));
        }
        return ActionSet.of(actions);
    }

    private static Set<ScopeType> knownTypes(Collection<String> templates, List<String> unknown) {
        Set<ScopeType> types = new HashSet<>();
        for (String template : templates) {
            Optional<ScopeType> type = ScopeType.ofTemplate(template);
            type.ifPresentOrElse(types::add, () -> unknown.add(template));
        }
        return types;
    }
}
