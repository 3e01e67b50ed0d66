package io.stagedoor.proxy.upstream;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.stagedoor.proxy.upstream.endpoint.Endpoint;
import io.stagedoor.proxy.upstream.endpoint.Endpoints;
import io.stagedoor.proxy.upstream.limit.Circuit;
import io.stagedoor.proxy.upstream.limit.Slots;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Looks after the endpoints of a service when nobody asks for it, if that is wanted.
 *
 * <p>Each check is made on a connection of its own, outside all limits and counts, and without a
 * credential. Confined to one event loop.
 */
final class Checks {

    private final ServiceName name;
    private final Endpoints endpoints;
    private final UpstreamSettings.Check rules;
    private final EventLoop loop;
    private final LoopPool pool;
    private final Connector connector;
    private final Lending apart;
    private final Map<Endpoint, Tally> tallies = new WeakHashMap<>();
    private volatile boolean closed;

    private Checks(
            ServiceName name,
            Endpoints endpoints,
            Connector connector,
            EventLoop loop,
            UpstreamSettings settings) {
        this.name = name;
        this.endpoints = endpoints;
        this.rules = settings.check().orElseThrow();
        this.loop = loop;
        this.connector = connector;
        this.pool = new LoopPool(loop, settings);
        this.apart =
                new Lending(
                        new Endpoints(endpoints.list(), settings.outliers()),
                        new Circuit(settings.circuit()),
                        new Slots(Integer.MAX_VALUE, 0));
    }

    /** Begins to check; returns nothing if there is nothing to do. */
    static Optional<Checks> start(
            ServiceName name,
            Endpoints endpoints,
            Optional<SslContext> tls,
            Transport transport,
            UpstreamSettings settings) {
        return settings.check()
                .map(rules -> start(name, endpoints, tls, transport, settings, rules));
    }

    private static Checks start(
            ServiceName name,
            Endpoints endpoints,
            Optional<SslContext> tls,
            Transport transport,
            UpstreamSettings settings,
            UpstreamSettings.Check rules) {
        UpstreamSettings hurried = within(rules.timeout(), settings);
        Checks checks =
                new Checks(
                        name,
                        endpoints,
                        new Connector(name.host(), tls, transport, hurried),
                        transport.group().next(),
                        hurried);
        checks.loop.execute(checks::checkAll);
        return checks;
    }

    private static UpstreamSettings within(Duration time, UpstreamSettings settings) {
        return new UpstreamSettings(
                new UpstreamSettings.Deadlines(time, time, time, time),
                settings.pool(),
                settings.retries(),
                settings.outliers(),
                settings.circuit(),
                settings.check(),
                settings.maxHeaderSize());
    }

    private void checkAll() {
        if (closed) {
            return;
        }
        endpoints.list().forEach(this::check);
        var _ = loop.schedule(this::checkAll, rules.interval().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Connects as if to another endpoint at the same place, whose failures count for nothing. */
    private void check(Endpoint endpoint) {
        Endpoint twin = new Endpoint(endpoint.address(), endpoint.socket());
        long endsAt = System.nanoTime() + rules.timeout().toNanos();
        OneCheck check = new OneCheck(name, rules, endsAt, passed -> onResult(endpoint, passed));
        apart.begin(twin);
        connector.connect(
                loop,
                twin,
                pool,
                apart,
                new Connector.Outcome(
                        handler -> check.onConnection(handler.lendTo(check, endsAt)),
                        _ -> {
                            apart.end(twin);
                            onResult(endpoint, false);
                        }));
    }

    private void onResult(Endpoint endpoint, boolean passed) {
        Tally tally = tallies.computeIfAbsent(endpoint, _ -> new Tally());
        tally.add(passed);
        if (tally.failures >= rules.failures()) {
            endpoint.setDown(true);
        } else if (tally.successes >= rules.successes()) {
            endpoint.setDown(false);
        }
    }

    /** Results in a row. */
    private static final class Tally {

        private int failures;
        private int successes;

        void add(boolean passed) {
            failures = passed ? 0 : failures + 1;
            successes = passed ? successes + 1 : 0;
        }
    }

    /** Checks no more. */
    void close() {
        closed = true;
        loop.execute(pool::close);
    }
}
