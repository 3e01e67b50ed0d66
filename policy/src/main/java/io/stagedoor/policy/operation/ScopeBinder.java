package io.stagedoor.policy.operation;

import io.stagedoor.policy.operation.BoundRequirement.Anywhere;
import io.stagedoor.policy.operation.BoundRequirement.At;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the scope rules of one request's operation into scopes of its workspace.
 *
 * <p>INVARIANT: every requirement yields at least one bound requirement, except the one that only an
 * existing assignment brings ({@link ScopeRule.WhenAbsent#NOTHING}). What the client says wrongly is
 * refused; what a store says wrongly, or cannot say, raises the requirement to the root.
 */
final class ScopeBinder {

    private static final ScopeValue ABSENT = ScopeValue.absent();

    private final Scope root;
    private final Map<String, String> parameters;
    private final Map<ScopeInput, ScopeValue> inputs;

    ScopeBinder(Scope root, Map<String, String> parameters, Map<ScopeInput, ScopeValue> inputs) {
        this.root = root;
        this.parameters = parameters;
        this.inputs = inputs;
    }

    /**
     * Checks that the path names no other root than the route does.
     *
     * @throws RefusedScopeInputException if it does, or if that cannot be told
     */
    void check(List<RootReference> references) {
        for (RootReference reference : references) {
            String word = parameters.getOrDefault(reference.parameter(), "");
            if (!reference.names(word, valueOf(reference.expected()))) {
                throw new RefusedScopeInputException(
                        "`"
                                + word
                                + "` is not the "
                                + root.rootType().segment().replaceFirst("s$", "")
                                + " that this address leads to");
            }
        }
    }

    /** Returns the requirements in order, each once. */
    List<BoundRequirement> requirements(List<Requirement> requirements) {
        List<BoundRequirement> bound = new ArrayList<>(requirements.size());
        for (Requirement requirement : requirements) {
            Optional<BoundRequirement> one = bind(requirement.action(), requirement.scope());
            if (one.isPresent() && !bound.contains(one.get())) {
                bound.add(one.get());
            }
        }
        return bound;
    }

    /** Returns the names that are known for sure, by kind of resource. */
    Map<String, String> resources(List<NamedResource> resources) {
        if (resources.isEmpty()) {
            return Map.of();
        }
        Map<String, String> names = HashMap.newHashMap(resources.size());
        for (NamedResource resource : resources) {
            nameOf(resource.name()).ifPresent(name -> names.put(resource.kind(), name));
        }
        return names;
    }

    private Optional<BoundRequirement> bind(Action action, ScopeRule rule) {
        return switch (rule) {
            case ScopeRule.AtRoot _ -> Optional.of(new At(action, root));
            case ScopeRule.Anywhere _ -> Optional.of(new Anywhere(action, root));
            case ScopeRule.AtItem(ItemType type, NameSource source) ->
                    Optional.of(new At(action, item(type, source)));
            case ScopeRule.AtScope scope -> scope(scope).map(found -> new At(action, found));
        };
    }

    private Scope item(ItemType type, NameSource source) {
        Optional<String> name = nameOf(source);
        if (name.isEmpty()) {
            return root;
        }
        try {
            return root.item(type, name.get());
        } catch (IllegalArgumentException e) {
            if (isFromClient(source)) {
                throw refused(e);
            }
            return root;
        }
    }

    private Optional<String> nameOf(NameSource source) {
        return switch (source) {
            case NameSource.Constant(String name) -> Optional.of(name);
            case NameSource.PathParameter(String name) -> Optional.ofNullable(parameters.get(name));
            case NameSource.Input(List<ScopeInput> alternatives) ->
                    switch (valueOf(firstFound(alternatives))) {
                        case ScopeValue.Text text when !text.isExpression() ->
                                Optional.of(text.text());
                        case ScopeValue.Text _, ScopeValue.NotText _, ScopeValue.Absent _ ->
                                Optional.empty();
                    };
        };
    }

    private boolean isFromClient(NameSource source) {
        return switch (source) {
            case NameSource.Constant _ -> false;
            case NameSource.PathParameter _ -> true;
            case NameSource.Input(List<ScopeInput> alternatives) ->
                    firstFound(alternatives).isFromClient();
        };
    }

    /** Returns the first look-up that found something, or the last one if none did. */
    private ScopeInput firstFound(List<ScopeInput> alternatives) {
        for (ScopeInput input : alternatives) {
            if (!(valueOf(input) instanceof ScopeValue.Absent)) {
                return input;
            }
        }
        return alternatives.getLast();
    }

    private ScopeValue valueOf(ScopeInput input) {
        return inputs.getOrDefault(input, ABSENT);
    }

    private Optional<Scope> scope(ScopeRule.AtScope rule) {
        return switch (valueOf(rule.input())) {
            case ScopeValue.Text(String text) -> Optional.of(parsed(rule.input(), text));
            case ScopeValue.NotText _ -> Optional.of(notText(rule.input()));
            case ScopeValue.Absent _ -> absent(rule);
        };
    }

    private Scope parsed(ScopeInput input, String text) {
        try {
            return ofThisRoot(Scope.parse(text));
        } catch (IllegalArgumentException e) {
            if (input.isFromClient()) {
                throw refused(e);
            }
            return root;
        }
    }

    private Scope ofThisRoot(Scope scope) {
        if (!root.covers(scope)) {
            throw new IllegalArgumentException(
                    "`" + scope.text() + "` is a scope of another workspace");
        }
        return scope;
    }

    private Scope notText(ScopeInput input) {
        if (input.isFromClient()) {
            throw new RefusedScopeInputException("`" + input + "` is not a string");
        }
        return root;
    }

    private Optional<Scope> absent(ScopeRule.AtScope rule) {
        return switch (rule.whenAbsent()) {
            case REFUSE ->
                    throw new RefusedScopeInputException("`" + rule.input() + "` is missing");
            case ROOT -> Optional.of(root);
            case NOTHING -> Optional.empty();
        };
    }

    private static RefusedScopeInputException refused(IllegalArgumentException cause) {
        return new RefusedScopeInputException(String.valueOf(cause.getMessage()));
    }
}
