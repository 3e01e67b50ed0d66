package io.stagedoor.policy.operation;

import io.stagedoor.policy.operation.ScopeRule.WhenAbsent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the operations of a catalogue as the second record of the facts does.
 *
 * @param catalogue the catalogue
 * @param root how the record calls the root scope
 */
record DocumentedCalls(OperationCatalogue catalogue, String root) {

    /** Returns what a path resolves to, with the query that tells the operation apart. */
    Optional<MatchedOperation> resolve(Operation operation, List<String> path) {
        return catalogue.resolve(
                operation.method(),
                path,
                parameter ->
                        operation
                                .path()
                                .condition()
                                .filter(condition -> condition.parameter().equals(parameter))
                                .map(PathTemplate.QueryCondition::value));
    }

    /** Swaps upper and lower case, so that no literal stands as documented. */
    private static String swap(String text) {
        return text.chars()
                .map(
                        c ->
                                Character.isUpperCase(c)
                                        ? Character.toLowerCase(c)
                                        : Character.toUpperCase(c))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** Returns method and path; the documents write the tail as if it were one segment. */
    String callOf(Operation operation) {
        return operation.method() + " " + operation.path().toString().replace("*}", "}");
    }

    /** Returns a name for each placeholder of an operation's path. */
    static Map<String, String> namesIn(Operation operation) {
        return operation.path().parameters().stream()
                .collect(Collectors.toMap(Function.identity(), one -> "Name of " + one));
    }

    /** Returns the operation's own path with these names. */
    static List<String> segmentsOf(Operation operation, Map<String, String> names) {
        return List.of(operation.path().render(names).substring(1).split("/"));
    }

    /** Returns a path in which no letter stands as documented. */
    static List<String> inOtherCase(List<String> path) {
        return path.stream().map(DocumentedCalls::swap).toList();
    }

    /** Returns the requirements as the documents write them, or {@code none}. */
    String requirementsOf(Operation operation) {
        String requirements =
                operation.requirements().stream()
                        .flatMap(requirement -> documented(requirement).stream())
                        .collect(Collectors.joining(" & "));
        return requirements.isEmpty() ? "none" : requirements;
    }

    private Optional<String> documented(Requirement requirement) {
        String action = requirement.action().shortName();
        return switch (requirement.scope()) {
            case ScopeRule.AtRoot _ -> Optional.of(action + " @ " + root);
            case ScopeRule.Anywhere _ -> Optional.of(action + " @ " + root);
            case ScopeRule.AtItem(var type, var name) ->
                    Optional.of(
                            action + " @ " + root + "/" + type.segment() + "/" + documented(name));
            case ScopeRule.AtScope(ScopeInput.BodyField field, var _) ->
                    Optional.of(action + " @ {body." + field.pointer().substring(1) + "}");
            // the old scope of an assignment that exists (S44) is ours, not the documents'
            case ScopeRule.AtScope(var _, WhenAbsent whenAbsent) ->
                    whenAbsent == WhenAbsent.NOTHING
                            ? Optional.empty()
                            : Optional.of(action + " @ {assignment.scope}");
        };
    }

    private static String documented(NameSource name) {
        return switch (name) {
            case NameSource.Constant(String constant) -> constant;
            case NameSource.PathParameter(String parameter) -> "{" + parameter + "}";
            case NameSource.Input _ -> "{name}";
        };
    }
}
