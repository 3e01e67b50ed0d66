package io.stagedoor.proxy.exchange;

/**
 * Watches exchanges for logs and metrics. Called on event loops; must not block, and must not throw.
 */
@FunctionalInterface
public interface ExchangeObserver {

    /** Takes the summary of an exchange that has ended. */
    void ended(ExchangeSummary summary);

    /** Returns an observer that tells this one and then another. */
    default ExchangeObserver and(ExchangeObserver other) {
        return summary -> {
            ended(summary);
            other.ended(summary);
        };
    }
}
