package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.assertion.IdentityAssertions;
import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.journey.RequestJourney;
import io.stagedoor.proxy.replay.RunStarts;
import io.stagedoor.proxy.trace.Tracing;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What all exchanges work with. Every part is safe for any thread.
 *
 * @param journey admits or refuses
 * @param trail takes the audit records
 * @param services the upstreams by workspace
 * @param runStarts knows the run-starting calls of the last minutes
 * @param effects does what has to follow an answer
 * @param limits bounds what is held in memory
 * @param announcements what the proxy says in its own name
 * @param setting where exchanges run, and who watches them
 */
public record ExchangeParts(
        RequestJourney journey,
        AuditTrail trail,
        Map<String, Service> services,
        RunStarts runStarts,
        AfterEffects effects,
        ExchangeLimits limits,
        Announcements announcements,
        Setting setting) {

    /**
     * Where exchanges run, and who watches them.
     *
     * @param product the version of the proxy, for the audit record
     * @param clock tells the time
     * @param readsWait whether reads, too, wait until their record is on disk
     * @param threads runs journeys that have to wait, each on a virtual thread
     * @param watch who watches them
     * @param streams knows the exchanges under way, to end those whose right goes
     * @param inFlight counts the exchanges that work with these parts
     * @param door what is looked at before a request goes on its journey
     */
    public record Setting(
            String product,
            InstantSource clock,
            boolean readsWait,
            Executor threads,
            Watch watch,
            OpenStreams streams,
            InFlight inFlight,
            Door door) {

        ExchangeObserver observer() {
            return watch.observer();
        }

        Tracing tracing() {
            return watch.tracing();
        }
    }

    /**
     * What the proxy says in its own name.
     *
     * @param assertions tells upstreams who is calling, if they are told under a signature
     * @param documents what anybody may read
     * @param sites tells anybody what the servers of Tableau sites are
     */
    public record Announcements(
            Optional<IdentityAssertions> assertions, OpenDocuments documents, OpenSites sites) {}

    /**
     * Who watches exchanges.
     *
     * @param observer is told of each exchange that has ended
     * @param tracing begins the trace of each exchange
     */
    public record Watch(ExchangeObserver observer, Tracing tracing) {}

    /** Copies the map. */
    public ExchangeParts {
        services = Map.copyOf(services);
    }

    Service serviceOf(String workspace) {
        Service service = services.get(workspace);
        if (service == null) {
            throw new IllegalStateException("no upstream for workspace `" + workspace + "`");
        }
        return service;
    }
}
