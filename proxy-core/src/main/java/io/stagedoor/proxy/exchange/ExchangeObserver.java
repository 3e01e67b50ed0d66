package io.stagedoor.proxy.exchange;

/**
 * Watches exchanges for logs and metrics. Called on event loops; must not block, and must not throw.
 */
@FunctionalInterface
public interface ExchangeObserver {

    /** Takes the summary of an exchange that has ended. */
    void ended(ExchangeSummary summary);

    /**
     * Says that a service's answer was withheld, since a link in it leads round the proxy.
     *
     * @param service the configured name of the service
     * @param place where the link stood: one of few names
     */
    default void foreignLocation(String service, String place) {
        // most observers count what has ended
    }

    /** Returns an observer that tells this one and then another. */
    default ExchangeObserver and(ExchangeObserver other) {
        ExchangeObserver first = this;
        return new ExchangeObserver() {

            @Override
            public void ended(ExchangeSummary summary) {
                first.ended(summary);
                other.ended(summary);
            }

            @Override
            public void foreignLocation(String service, String place) {
                first.foreignLocation(service, place);
                other.foreignLocation(service, place);
            }
        };
    }
}
