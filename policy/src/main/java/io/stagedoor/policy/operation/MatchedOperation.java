package io.stagedoor.policy.operation;

import io.stagedoor.policy.scope.Scope;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An operation that a request was found to be, with the parameters of its path.
 *
 * @param operation the catalogued operation
 * @param parameters the path parameters, decoded, as sent
 */
public record MatchedOperation(Operation operation, Map<String, String> parameters) {

    /** Copies the map. */
    public MatchedOperation {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Returns all that may have to be looked up before this can be bound, in the order in which to
     * do it; empty for most operations. An alternative is needed only if those before it are absent:
     * {@link #nextInput} tells.
     */
    public Set<ScopeInput> neededInputs() {
        Set<ScopeInput> needed = new LinkedHashSet<>();
        for (RootReference reference : operation.traits().rootReferences()) {
            needed.add(reference.expected());
        }
        for (Requirement requirement : operation.requirements()) {
            needed.addAll(inputsOf(requirement.scope()));
        }
        for (NamedResource resource : operation.traits().resources()) {
            needed.addAll(inputsOf(resource.name()));
        }
        return needed;
    }

    /**
     * Returns what to look up next, given what is known; empty when the operation can be bound.
     * Stored definitions are asked for only when the body does not say.
     *
     * @param known what has been looked up, {@link ScopeValue.Absent} where nothing was found
     */
    public Optional<ScopeInput> nextInput(Map<ScopeInput, ScopeValue> known) {
        for (RootReference reference : operation.traits().rootReferences()) {
            if (!known.containsKey(reference.expected())) {
                return Optional.of(reference.expected());
            }
        }
        for (Requirement requirement : operation.requirements()) {
            Optional<ScopeInput> missing = firstMissing(inputsOf(requirement.scope()), known);
            if (missing.isPresent()) {
                return missing;
            }
        }
        for (NamedResource resource : operation.traits().resources()) {
            Optional<ScopeInput> missing = firstMissing(inputsOf(resource.name()), known);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    /**
     * Binds the operation to the workspace behind the route.
     *
     * <p>A scope that cannot be known is never skipped: the action is then required at the root.
     *
     * @param root the root scope of the workspace, from the route and never from the request (S13)
     * @param inputs what {@link #neededInputs} asked for
     * @throws MissingScopeInputException if something that is needed was not looked up
     * @throws RefusedScopeInputException if the request names a scope, or an item of one, that is
     *     malformed or of another workspace, or its path names another root
     * @throws IllegalArgumentException if the scope is not a root
     */
    public BoundOperation bind(Scope root, Map<ScopeInput, ScopeValue> inputs) {
        Optional<ScopeInput> missing = nextInput(inputs);
        if (missing.isPresent()) {
            throw new MissingScopeInputException(operation, missing.get());
        }
        if (!root.isRoot()) {
            throw new IllegalArgumentException("`" + root.text() + "` is not a root scope");
        }
        ScopeBinder binder = new ScopeBinder(root, parameters, inputs);
        binder.check(operation.traits().rootReferences());
        return new BoundOperation(
                operation,
                root,
                parameters,
                binder.requirements(operation.requirements()),
                binder.resources(operation.traits().resources()));
    }

    /**
     * Binds an operation that needs nothing looked up.
     *
     * @throws MissingScopeInputException if it does
     * @throws RefusedScopeInputException if the path names an item that cannot be one
     */
    public BoundOperation bind(Scope root) {
        return bind(root, Map.of());
    }

    private static Optional<ScopeInput> firstMissing(
            List<ScopeInput> alternatives, Map<ScopeInput, ScopeValue> known) {
        for (ScopeInput input : alternatives) {
            if (!known.containsKey(input)) {
                return Optional.of(input);
            }
            if (!(known.get(input) instanceof ScopeValue.Absent)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static List<ScopeInput> inputsOf(ScopeRule rule) {
        return switch (rule) {
            case ScopeRule.AtRoot _, ScopeRule.Anywhere _ -> List.of();
            case ScopeRule.AtItem(var _, NameSource name) -> inputsOf(name);
            case ScopeRule.AtScope(ScopeInput input, var _) -> List.of(input);
        };
    }

    private static List<ScopeInput> inputsOf(NameSource name) {
        return switch (name) {
            case NameSource.Constant _, NameSource.PathParameter _ -> List.of();
            case NameSource.Input(List<ScopeInput> alternatives) -> alternatives;
        };
    }
}
