package io.stagedoor.proxy;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the proxy takes from the process it runs in.
 *
 * @param environment looks up environment variables, for secrets
 * @param clock tells the time that tokens, keys and assignments are judged by; the journal and the
 *     logs keep the system's
 */
record Surroundings(Function<String, Optional<String>> environment, InstantSource clock) {

    /** Returns those with the system's clock. */
    static Surroundings of(Function<String, Optional<String>> environment) {
        return new Surroundings(environment, InstantSource.system());
    }
}
