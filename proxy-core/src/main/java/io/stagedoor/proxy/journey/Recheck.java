package io.stagedoor.proxy.journey;

import io.stagedoor.proxy.refusal.RefusedException;

/** Asks again whether what was admitted would be admitted now. Safe for any thread. */
@FunctionalInterface
public interface Recheck {

    /**
     * Asks again.
     *
     * @throws RefusedException if it would be refused
     * @throws NotYet if that cannot be told at this pace; never thrown at {@link Pace#WAITING}
     */
    void require(Admitted admitted, Pace pace) throws RefusedException, NotYet;
}
