package io.stagedoor.policy.operation;

import io.stagedoor.policy.operation.PathTemplate.QueryCondition;
import java.io.BufferedReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the text of a catalogue and collects every complaint before it gives up. For one text, on
 * one thread.
 */
final class CatalogueParser {

    private final Complaints complaints;
    private final Vocabulary vocabulary = new Vocabulary();
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Integer> lineOfName = new HashMap<>();
    private final Map<String, List<Operation>> sameShape = new HashMap<>();

    CatalogueParser(String source) {
        this.complaints = new Complaints(source);
    }

    /** Reads everything; see {@link OperationCatalogue#parse}. */
    OperationCatalogue parse(Reader reader) {
        int number = 0;
        for (String line : new BufferedReader(reader).lines().toList()) {
            number++;
            readLine(number, line.strip());
        }
        if (vocabulary.platform().isEmpty() && complaints.count() == 0) {
            complaints.add(1, "no platform is declared");
        }
        complaints.throwIfAny();
        return new OperationCatalogue(vocabulary.platform().orElseThrow(), operations);
    }

    private void readLine(int number, String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.indexOf('|') < 0) {
            complaints.attempt(number, () -> declared(line));
            return;
        }
        Optional<Platform> platform = vocabulary.platform();
        if (platform.isEmpty()) {
            complaints.add(number, "an operation stands before its platform is declared");
            return;
        }
        new RowSyntax(platform.get(), vocabulary, complaints)
                .parse(number, line)
                .ifPresent(operation -> add(number, operation));
    }

    private String declared(String line) {
        vocabulary.declare(line);
        return line;
    }

    private void add(int number, Operation operation) {
        Integer line = lineOfName.putIfAbsent(operation.name(), number);
        if (line != null) {
            complaints.add(
                    number, "`" + operation.name() + "` stands in line " + line + " already");
            return;
        }
        Optional<String> twinOf = operation.traits().twinOf();
        if (twinOf.isPresent()) {
            complaints.attempt(number, () -> checkedTwin(operation, twinOf.get()));
            operations.add(operation);
            return;
        }
        String shape = operation.method() + " " + operation.path().shape();
        List<Operation> same = sameShape.computeIfAbsent(shape, _ -> new ArrayList<>());
        for (Operation other : same) {
            if (!areToldApart(operation.path(), other.path())) {
                complaints.add(
                        number,
                        "`"
                                + operation
                                + "` cannot be told from `"
                                + other
                                + "` in line "
                                + lineOfName.get(other.name()));
            }
        }
        same.add(operation);
        operations.add(operation);
    }

    /** A request of a twin is taken for the other, so the other must stand for both. */
    private Operation checkedTwin(Operation operation, String name) {
        Operation other =
                operations.stream()
                        .filter(one -> one.name().equals(name) && one.traits().twinOf().isEmpty())
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "no `" + name + "` stands above"));
        boolean sameCall =
                operation.method().equals(other.method())
                        && operation.path().shape().equals(other.path().shape())
                        && operation.path().condition().equals(other.path().condition());
        if (!sameCall) {
            throw new IllegalArgumentException("`" + operation + "` is told from `" + other + "`");
        }
        if (!operation.requirements().equals(other.requirements())
                || operation.effect() != other.effect()
                || !operation.traits().upstreamScopes().equals(other.traits().upstreamScopes())) {
            throw new IllegalArgumentException(
                    "twins need the same, do the same and name the same scopes: `"
                            + operation.name()
                            + "` and `"
                            + name
                            + "`");
        }
        return operation;
    }

    /** Returns whether one query parameter tells two operations of the same shape apart. */
    private static boolean areToldApart(PathTemplate one, PathTemplate other) {
        Optional<QueryCondition> first = one.condition();
        Optional<QueryCondition> second = other.condition();
        if (first.isEmpty() || second.isEmpty()) {
            return first.isPresent() || second.isPresent();
        }
        return first.get().parameter().equals(second.get().parameter())
                && !FoldedWords.same(first.get().value(), second.get().value());
    }
}
