package io.stagedoor.policy.operation;

import io.stagedoor.policy.scope.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operation of a particular request, bound to its workspace: everything a decision needs to know
 * about what is asked.
 *
 * @param operation the catalogued operation
 * @param root the root scope of the workspace behind the route, never a name from the request
 * @param parameters the path parameters, decoded, as sent
 * @param requirements what must hold, all of it, in the catalogue's order and without repetition;
 *     empty exactly when the operation is {@linkplain Operation#isUnmapped unmapped} or {@linkplain
 *     Operation#isSelfService self service}
 * @param resources the named things the request is about, by kind: {@code pipeline}, {@code
 *     notebook}, {@code sparkJobDefinition}, {@code trigger}, {@code pool}, {@code session}, ...;
 *     names as sent; a name that is not known for sure is not here
 */
public record BoundOperation(
        Operation operation,
        Scope root,
        Map<String, String> parameters,
        List<BoundRequirement> requirements,
        Map<String, String> resources) {

    /** Copies the collections. */
    public BoundOperation {
        parameters = Map.copyOf(parameters);
        requirements = List.copyOf(requirements);
        resources = Map.copyOf(resources);
    }

    /**
     * Returns the same operation with further requirements: those that what is started brings with
     * it. One that is required already is left out.
     */
    public BoundOperation requiring(List<BoundRequirement.Reached> reached) {
        List<BoundRequirement> all = new ArrayList<>(requirements);
        for (BoundRequirement.Reached one : reached) {
            if (!requirements.contains(new BoundRequirement.At(one.action(), one.scope()))) {
                all.add(one);
            }
        }
        return new BoundOperation(operation, root, parameters, all, resources);
    }

    /** Returns the same operation, known to be about the thing of that kind and name. */
    public BoundOperation about(String kind, String name) {
        Map<String, String> all = new HashMap<>(resources);
        all.put(kind, name);
        return new BoundOperation(operation, root, parameters, requirements, all);
    }

    /** Returns the name of the thing of a kind that the request is about, if it names one. */
    public Optional<String> resource(String kind) {
        return Optional.ofNullable(resources.get(kind));
    }
}
