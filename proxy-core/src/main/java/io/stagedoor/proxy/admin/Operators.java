package io.stagedoor.proxy.admin;

import java.util.Optional;

/** Knows operators by what they show. Safe for any thread; may wait. */
public interface Operators {

    /**
     * Finds out who shows an {@code Authorization} field.
     *
     * @param authorization the only field of that name, if there is one
     * @throws AdminRefusal if it is nobody who operates the proxy, or that cannot be told
     */
    Operator identify(Optional<String> authorization) throws AdminRefusal;
}
