package io.stagedoor.proxy.body;

import java.util.List;

/**
 * Where a walk through the elements of a document is on a path of names that begins below the
 * outermost element. Confined to one thread.
 */
final class ElementWalk {

    private final List<String> path;
    private int depth;
    private int matched;

    ElementWalk(List<String> path) {
        this.path = path;
    }

    /** Goes into an element, and returns whether the path ends there. */
    boolean enter(String name) {
        boolean follows =
                depth > 0
                        && matched == depth - 1
                        && matched < path.size()
                        && path.get(matched).equals(name);
        if (follows) {
            matched++;
        }
        depth++;
        return follows ? matched == path.size() : path.isEmpty() && depth == 1;
    }

    /** Goes out of the element that was last gone into. */
    void leave() {
        depth--;
        if (matched > 0 && matched == depth) {
            matched--;
        }
    }

    /** Returns how many elements are open. */
    int depth() {
        return depth;
    }

    /** Returns how many names of the path lead to where the walk is, or was before it left the path. */
    int matched() {
        return matched;
    }
}
