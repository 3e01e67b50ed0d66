package io.stagedoor.proxy;

/** Whether the proxy takes work: it knows enough to decide, and it is not draining. */
final class ServingState {

    private final HealthChecks health;
    private volatile boolean draining;

    ServingState(HealthChecks health) {
        this.health = health;
    }

    boolean isReady() {
        return !draining && health.isReady();
    }

    void drain() {
        draining = true;
    }
}
