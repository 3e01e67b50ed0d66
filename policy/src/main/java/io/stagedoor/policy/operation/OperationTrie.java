package io.stagedoor.policy.operation;

import io.stagedoor.policy.operation.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Operations by method and path: a tree with one level for each segment.
 *
 * <p>At each segment a literal wins over a placeholder, and a placeholder over a tail. If what wins
 * leads nowhere for the method, the next one is tried: {@code POST /notebooks/runs/rename} renames
 * the notebook {@code runs}, although {@code /notebooks/runs/{runId}} also has its shape. Immutable.
 */
final class OperationTrie {

    private final Node root;

    /**
     * Makes the tree of operations of which no two have the same method, shape and condition, but for
     * twins, which are left out.
     */
    OperationTrie(List<Operation> operations) {
        Draft draft = new Draft();
        operations.stream().filter(one -> one.traits().twinOf().isEmpty()).forEach(draft::add);
        this.root = draft.finish();
    }

    /**
     * Returns the operations of a method and path: none, one, or several that a query parameter
     * tells apart.
     */
    List<Operation> find(String method, List<String> path) {
        for (int i = 0; i < path.size(); i++) {
            if (!isName(path.get(i))) {
                return List.of();
            }
        }
        return root.find(method, path, 0);
    }

    /**
     * Returns whether the text can be a decoded path segment at all: not empty, not a dot segment,
     * no separator and no control character. A canonical target never has such a segment; none would
     * be decided on if it had.
     */
    private static boolean isName(String segment) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            return false;
        }
        for (int i = 0; i < segment.length(); i++) {
            char letter = segment.charAt(i);
            if (letter == '/' || letter == '\\' || letter < ' ' || letter == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** One segment's place; what is below it, and the operations that end here. */
    private record Node(
            FoldedWords words,
            List<Node> literals,
            List<Branch> placeholders,
            Map<String, List<Operation>> tail,
            Map<String, List<Operation>> here) {

        List<Operation> find(String method, List<String> path, int depth) {
            if (depth == path.size()) {
                return here.getOrDefault(method, List.of());
            }
            List<Operation> found = List.of();
            int literal = words.indexOf(path.get(depth));
            if (literal >= 0) {
                found = literals.get(literal).find(method, path, depth + 1);
            }
            for (int i = 0; i < placeholders.size() && found.isEmpty(); i++) {
                if (placeholders.get(i).form().accepts(path.get(depth))) {
                    found = placeholders.get(i).node().find(method, path, depth + 1);
                }
            }
            return found.isEmpty() ? tail.getOrDefault(method, List.of()) : found;
        }
    }

    /** What is below a placeholder of a form. */
    private record Branch(SegmentForm form, Node node) {}

    /** A node being built. */
    private static final class Draft {
        private final Map<String, Draft> literals = new LinkedHashMap<>();
        private final Map<SegmentForm, Draft> placeholders = new EnumMap<>(SegmentForm.class);
        private final Map<String, List<Operation>> tail = new LinkedHashMap<>();
        private final Map<String, List<Operation>> here = new LinkedHashMap<>();

        void add(Operation operation) {
            Draft at = this;
            for (Segment segment : operation.path().segments()) {
                switch (segment) {
                    case Segment.Literal literal -> at = at.literal(literal.text());
                    case Segment.Placeholder one -> at = at.placeholder(one.form());
                    case Segment.Tail _ -> {
                        put(at.tail, operation);
                        return;
                    }
                }
            }
            put(at.here, operation);
        }

        private static void put(Map<String, List<Operation>> map, Operation operation) {
            map.computeIfAbsent(operation.method(), _ -> new ArrayList<>()).add(operation);
        }

        private Draft literal(String word) {
            return literals.computeIfAbsent(word.toLowerCase(Locale.ROOT), _ -> new Draft());
        }

        private Draft placeholder(SegmentForm form) {
            return placeholders.computeIfAbsent(form, _ -> new Draft());
        }

        Node finish() {
            return new Node(
                    new FoldedWords(List.copyOf(literals.keySet())),
                    literals.values().stream().map(Draft::finish).toList(),
                    placeholders.entrySet().stream()
                            .map(one -> new Branch(one.getKey(), one.getValue().finish()))
                            .toList(),
                    Map.copyOf(tail),
                    Map.copyOf(here));
        }
    }
}
