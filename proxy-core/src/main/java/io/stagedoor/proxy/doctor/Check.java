package io.stagedoor.proxy.doctor;

import java.util.List;

/** Looks at one thing. Runs on a thread of its own and may wait; it is given up after a while. */
public interface Check {

    /** Returns what it looks at, such as {@code issuer entra}. */
    String subject();

    /**
     * Looks.
     *
     * @return what it found, in the order to be read
     * @throws InterruptedException when it is given up
     */
    List<Finding> examine() throws InterruptedException;
}
