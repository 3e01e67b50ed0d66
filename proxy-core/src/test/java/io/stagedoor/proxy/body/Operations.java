package io.stagedoor.proxy.body;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.scope.Scope;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Operations of the Synapse catalogue, bound to workspace {@code ws1}. */
final class Operations {

    static final OperationCatalogue CATALOGUE = OperationCatalogue.synapse();

    private Operations() {}

    static Operation named(String name) {
        return CATALOGUE.operation(name).orElseThrow();
    }

    /** Binds an operation to the values of its path parameters, in their order. */
    static BoundOperation bound(String name, String... values) {
        return withResources(name, Map.of(), values);
    }

    /** Binds an operation with further named resources, as if they had been looked up. */
    static BoundOperation withResources(
            String name, Map<String, String> resources, String... values) {
        Operation operation = named(name);
        List<String> names = operation.path().parameters();
        Map<String, String> parameters = new java.util.HashMap<>();
        for (int i = 0; i < values.length; i++) {
            parameters.put(names.get(i), values[i]);
        }
        Map<String, String> known = new java.util.HashMap<>(resources);
        Stream.of("sparkPoolName:pool", "sessionId:session")
                .map(pair -> pair.split(":", -1))
                .filter(pair -> parameters.containsKey(pair[0]))
                .forEach(pair -> known.put(pair[1], parameters.get(pair[0])));
        return new BoundOperation(operation, Scope.workspace("ws1"), parameters, List.of(), known);
    }
}
