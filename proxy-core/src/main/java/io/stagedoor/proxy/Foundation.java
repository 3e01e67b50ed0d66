package io.stagedoor.proxy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.index.IndexedTrail;
import io.stagedoor.proxy.authn.proof.SeenProofs;
import io.stagedoor.proxy.authn.session.ProxySessions;
import io.stagedoor.proxy.directory.ownership.OwnershipRegistry;
import io.stagedoor.proxy.directory.remote.HostPatiences;
import io.stagedoor.proxy.exchange.AccessLog;
import io.stagedoor.proxy.exchange.Door;
import io.stagedoor.proxy.exchange.ExchangeMetrics;
import io.stagedoor.proxy.exchange.ExchangeObserver;
import io.stagedoor.proxy.exchange.OpenStreams;
import io.stagedoor.proxy.follow.FollowLimits;
import io.stagedoor.proxy.follow.RunFollower;
import io.stagedoor.proxy.journey.OwnershipRules;
import io.stagedoor.proxy.listener.EventLoops;
import io.stagedoor.proxy.rate.PrincipalRates;
import io.stagedoor.proxy.replay.RunStarts;
import io.stagedoor.proxy.trace.Tracing;
import io.stagedoor.proxy.upstream.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The parts that live as long as the proxy, whatever its configuration becomes: what moves bytes,
 * what was recorded, and what is remembered of earlier requests.
 */
final class Foundation {

    private static final long RUN_STARTS_KEPT = 100_000;
    private static final int MOST_SESSIONS = 100_000;

    final InstantSource clock;
    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    final OpenStreams streams = new OpenStreams(threads);
    final SeenProofs seenProofs = new SeenProofs();
    final ProxySessions sessions;
    final PrometheusMeterRegistry metrics;
    final TokenMetrics tokens;
    final GroupMetrics groups;
    final HostPatiences patiences;
    final Tracing tracing;
    final ExchangeObserver observer;
    final Translation translation;
    final ExpiryWarning expiryWarning;
    final EventLoops loops;
    final Transport transport;
    final AuditTrail trail;
    final OwnershipRules ownership;
    final RunStarts runStarts;
    final RunFollower follower;

    /** Kept over reloads, so that one neither refills a bucket nor forgets what is under way. */
    final PrincipalRates rates;

    final Door door;

    /** Who hears of what happens. */
    private record Watchers(
            PrometheusMeterRegistry metrics, AccessLog accessLog, Tracing tracing) {}

    private Foundation(
            StagedoorConfig config,
            Surroundings surroundings,
            EventLoops loops,
            AuditTrail trail,
            Watchers watchers,
            CredentialTranslation credentials) {
        this.clock = surroundings.clock();
        this.sessions = new ProxySessions(clock, MOST_SESSIONS);
        this.patiences = new HostPatiences(clock);
        this.translation = new Translation(credentials);
        this.expiryWarning = credentials.expiryWarning();
        this.metrics = watchers.metrics();
        this.tokens = new TokenMetrics(metrics);
        this.groups = new GroupMetrics(metrics);
        this.tracing = watchers.tracing();
        this.observer = watchers.accessLog().and(new ExchangeMetrics(metrics));
        this.loops = loops;
        this.transport = new Transport(loops.group(), loops.clientChannel(), loops.resolver());
        this.trail = trail;
        this.follower = new RunFollower(trail, FollowLimits.defaults(), clock);
        this.rates = Translation.rates(config.listener().clients().rate());
        this.door = Translation.door(config.listener().clients());
        this.runStarts =
                new RunStarts(
                        config.limits().duplicateWindow(), RUN_STARTS_KEPT, Ticker.systemTicker());
        OwnershipRegistry registry = new OwnershipRegistry(clock);
        new OwnershipRestore(catalogues(), registry).start(config.audit().directory(), clock);
        this.ownership = new OwnershipRules(registry);
    }

    private static List<OperationCatalogue> catalogues() {
        return Arrays.stream(Platform.values()).map(OperationCatalogue::of).toList();
    }

    /** Returns what directories are asked with. */
    GroupMeans groupMeans() {
        return new GroupMeans(translation, clock, patiences, groups);
    }

    /**
     * Opens them.
     *
     * @param closing gets every part that has to be closed
     * @throws IOException if the journal is taken, or certificates to trust cannot be read
     */
    static Foundation open(StagedoorConfig config, Surroundings surroundings, ShutdownOrder closing)
            throws IOException {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        EventLoops loops = closing.closing(EventLoops.start(0));
        AuditTrail trail =
                closing.closing(
                        IndexedTrail.open(
                                Translation.journal(config.audit(), nodeName()),
                                InstantSource.system(),
                                new CommitMetrics(metrics)));
        AccessLog accessLog = closing.closing(AccessLog.start(InstantSource.system()));
        Traces traces = closing.closing(Traces.open(config.admin().traces()));
        CredentialTranslation credentials =
                closing.closing(
                        new CredentialTranslation(
                                config.upstreams().credentials(),
                                surroundings.environment(),
                                surroundings.clock()));
        Foundation foundation =
                new Foundation(
                        config,
                        surroundings,
                        loops,
                        trail,
                        new Watchers(metrics, accessLog, traces.tracing()),
                        credentials);
        var _ = closing.closing(foundation.follower);
        traces.register(foundation.metrics);
        var _ = closing.closing(RuntimeMetrics.register(foundation.metrics, loops));
        return foundation;
    }

    /** The name that this proxy signs its records with; a container's is its host name too. */
    private static String nodeName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }
}
