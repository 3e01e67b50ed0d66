package io.stagedoor.proxy;

import java.util.function.BooleanSupplier;

/** Whether the proxy takes work: it knows enough to decide, and it is not draining. */
final class ServingState {

    private final BooleanSupplier knowsEnough;
    private volatile boolean draining;

    ServingState(BooleanSupplier knowsEnough) {
        this.knowsEnough = knowsEnough;
    }

    boolean isReady() {
        return !draining && knowsEnough.getAsBoolean();
    }

    void drain() {
        draining = true;
    }
}
