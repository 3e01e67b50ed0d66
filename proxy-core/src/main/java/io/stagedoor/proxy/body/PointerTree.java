package io.stagedoor.proxy.body;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Several pointers as one tree, so that a document is matched against all of them in one pass. */
final class PointerTree {

    private static final PointerTree LEAF = new PointerTree();

    private final Map<String, PointerTree> children = new HashMap<>();
    private Optional<String> pointer = Optional.empty();

    private PointerTree() {}

    static PointerTree of(Collection<String> pointers) {
        PointerTree root = new PointerTree();
        for (String text : pointers) {
            PointerTree node = root;
            for (String token : Pointer.parse(text).tokens()) {
                node = node.children.computeIfAbsent(token, _ -> new PointerTree());
            }
            node.pointer = Optional.of(text);
        }
        return root;
    }

    /** Returns the part below a name or a star; one without pointers if there is none. */
    PointerTree below(String token) {
        return children.getOrDefault(token, LEAF);
    }

    /** Returns the pointer that ends here, as it was given. */
    Optional<String> pointer() {
        return pointer;
    }

    /** Returns whether no pointer ends here or below. */
    boolean isEmpty() {
        return children.isEmpty() && pointer.isEmpty();
    }

    /** Returns the tokens that lead further down. */
    Set<String> tokens() {
        return children.keySet();
    }
}
