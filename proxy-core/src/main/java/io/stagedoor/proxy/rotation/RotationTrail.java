package io.stagedoor.proxy.rotation;

import java.util.Map;

/** Where changes are recorded. Safe for any thread; waits for the disk. */
@FunctionalInterface
public interface RotationTrail {

    /**
     * Records that somebody begins a change, or what came of it.
     *
     * @param actor who
     * @param subject what is changed
     * @param details more, by name; never a secret
     * @return whether it is on disk
     */
    boolean record(String actor, String subject, Map<String, String> details);
}
