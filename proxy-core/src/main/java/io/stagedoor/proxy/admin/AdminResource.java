package io.stagedoor.proxy.admin;

import io.stagedoor.proxy.http.Answer;
import java.util.Set;

/**
 * One thing that the operators' port offers. Asked on virtual threads, by several at once; may wait.
 */
public interface AdminResource {

    /** Who gets to a resource. */
    enum Access {
        /** Everyone who reaches the port; a resource that asks who it is does so itself. */
        OPEN,
        /** Operators, known by their token or key; each use is recorded. */
        OPERATORS
    }

    /**
     * Returns the path, exactly as in requests. One that ends in a slash and is more than that stands
     * for everything below it too.
     */
    String path();

    /** Returns the methods that it answers; HEAD comes with GET. */
    Set<String> methods();

    /** Returns who gets to it. */
    Access access();

    /** Returns how many octets the body of a request may have. */
    default int bodyLimit() {
        return 0;
    }

    /**
     * Answers a request of one of its methods.
     *
     * @throws AdminRefusal if it says no
     */
    Answer answer(AdminRequest request) throws AdminRefusal;
}
