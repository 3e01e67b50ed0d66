package io.stagedoor.proxy.directory.facts;

import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import java.util.Map;
import java.util.function.Function;

/**
 * One look-up that an operation needs before it can be decided, with what the request says.
 *
 * @param input what is asked
 * @param parameters the path parameters of the matched operation, decoded
 * @param body gives the value at a JSON pointer of the request body; asked only for inputs that
 *     speak of the body
 */
public record ScopeQuestion(
        ScopeInput input, Map<String, String> parameters, Function<String, ScopeValue> body) {

    /** Copies the parameters. */
    public ScopeQuestion {
        parameters = Map.copyOf(parameters);
    }

    /** Makes the question of a request without a body. */
    public static ScopeQuestion of(ScopeInput input, Map<String, String> parameters) {
        return new ScopeQuestion(input, parameters, _ -> ScopeValue.absent());
    }

    /** Returns a path parameter; empty, which names nothing, if the path has none of that name. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
