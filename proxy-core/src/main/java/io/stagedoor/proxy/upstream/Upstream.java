package io.stagedoor.proxy.upstream;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.stagedoor.proxy.upstream.NoConnection.Cause;
import io.stagedoor.proxy.upstream.endpoint.Endpoint;
import io.stagedoor.proxy.upstream.endpoint.EndpointState;
import io.stagedoor.proxy.upstream.endpoint.Endpoints;
import io.stagedoor.proxy.upstream.limit.Circuit;
import io.stagedoor.proxy.upstream.limit.RetryBudget;
import io.stagedoor.proxy.upstream.limit.Slots;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One service behind the proxy and the connections to its endpoints.
 *
 * <p>A connection is made and used on the event loop of the exchange that asks for it, so both sides
 * of an exchange share a thread and nothing is locked; what all loops count together is counted by
 * atomics. Safe for any thread unless a method says otherwise.
 */
public final class Upstream implements AutoCloseable {

    private final ServiceName name;
    private final UpstreamSettings settings;
    private final Connector connector;
    private final Lending lending;
    private final RetryBudget retries;
    private final Resolution resolution;
    private final Optional<Checks> checks;
    private final Map<EventLoop, LoopPool> pools = new ConcurrentHashMap<>();

    /**
     * Names a service and begins to look up where it is offered; no connection is made yet.
     *
     * @param name what it is called and where it is offered
     * @param tls encrypts the connections to encrypted endpoints; needed if there is one
     */
    public Upstream(
            ServiceName name,
            Optional<SslContext> tls,
            Transport transport,
            UpstreamSettings settings) {
        this.name = name;
        this.settings = settings;
        Endpoints endpoints = new Endpoints(Resolution.unresolved(name), settings.outliers());
        this.connector = new Connector(name.host(), tls, transport, settings);
        this.lending =
                new Lending(
                        endpoints,
                        new Circuit(settings.circuit()),
                        new Slots(settings.pool().maxInUse(), settings.pool().maxPending()));
        this.retries = new RetryBudget(settings.retries().budget());
        this.resolution = Resolution.start(name, endpoints, transport);
        this.checks = Checks.start(name, endpoints, tls, transport, settings);
    }

    /** Returns the value of the Host field for requests to this service (RFC 9110, 7.2). */
    public String authority() {
        return name.authority();
    }

    /** Returns how it is connected to. */
    public UpstreamSettings settings() {
        return settings;
    }

    /** Asks whether an exchange may be attempted again; if so, it says when it has ended. */
    public boolean tryRepeat() {
        return retries.tryTake(lending.slots().used());
    }

    /** Says that an exchange that was attempted again has ended. */
    public void repeated() {
        retries.giveBack();
    }

    /**
     * Lends a connection on the given event loop; call it there. An idle one is taken if there is
     * one, unless this is another attempt or the borrower needs a fresh one.
     *
     * @param failed the endpoint that failed the same request before, on another attempt
     */
    public void borrow(EventLoop loop, Borrower borrower, Optional<Endpoint> failed) {
        if (!lending.circuit().admits(System.nanoTime())) {
            borrower.onNoConnection(
                    new NoConnection(
                            Cause.CIRCUIT_OPEN,
                            "the service has not answered for a while, so it was not tried",
                            Optional.empty()));
        } else if (lending.slots().tryTake()) {
            lend(loop, borrower, failed);
        } else {
            Pending.await(
                    lending.slots(),
                    loop,
                    borrower,
                    settings.pool().pendingTimeout(),
                    () -> lend(loop, borrower, failed));
        }
    }

    /** Lends a connection, for which a slot was taken. */
    private void lend(EventLoop loop, Borrower borrower, Optional<Endpoint> failed) {
        Endpoint endpoint = lending.endpoints().choose(failed, System.nanoTime());
        LoopPool pool = poolOf(loop);
        lending.begin(endpoint);
        Optional<UpstreamHandler> kept =
                failed.isPresent() || borrower.needsFresh()
                        ? Optional.empty()
                        : pool.take(endpoint);
        if (kept.isPresent()) {
            borrower.onConnection(kept.get().lendTo(borrower, borrower.endsAt()));
            return;
        }
        connector.connect(
                loop,
                endpoint,
                pool,
                lending,
                new Connector.Outcome(
                        handler -> onConnected(handler, borrower),
                        reason -> onNotConnected(endpoint, borrower, reason)));
    }

    private static void onConnected(UpstreamHandler handler, Borrower borrower) {
        UpstreamConnection connection = handler.lendTo(borrower, borrower.endsAt());
        if (borrower.isWaiting()) {
            borrower.onConnection(connection);
        } else {
            connection.release(true);
        }
    }

    private void onNotConnected(Endpoint endpoint, Borrower borrower, String reason) {
        lending.unanswered(endpoint);
        lending.end(endpoint);
        borrower.onNoConnection(new NoConnection(Cause.FAILED, reason, Optional.of(endpoint)));
    }

    private LoopPool poolOf(EventLoop loop) {
        return pools.computeIfAbsent(loop, _ -> new LoopPool(loop, settings));
    }

    /** Returns how the service fares at this moment. */
    public UpstreamHealth health() {
        long now = System.nanoTime();
        Endpoints endpoints = lending.endpoints();
        return new UpstreamHealth(
                endpoints.count(EndpointState.HEALTHY, now),
                endpoints.count(EndpointState.EJECTED, now),
                endpoints.count(EndpointState.DOWN, now),
                !lending.circuit().isClosed(),
                lending.slots().used(),
                lending.slots().waiting());
    }

    /** Closes all idle connections and looks nothing up any more; busy ones close at their end. */
    @Override
    public void close() {
        resolution.close();
        checks.ifPresent(Checks::close);
        pools.forEach((loop, pool) -> loop.execute(pool::close));
    }
}
