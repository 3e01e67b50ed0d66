package io.stagedoor.proxy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.stagedoor.config.connection.ConnectionConfig;
import io.stagedoor.config.place.Place;
import io.stagedoor.config.place.ServiceConfig;
import io.stagedoor.config.place.SiteWork;
import io.stagedoor.config.refresh.RefreshGuardConfig;
import io.stagedoor.config.value.SecretRef;
import io.stagedoor.config.value.SecretUnavailableException;
import io.stagedoor.policy.operation.ContentKind;
import io.stagedoor.proxy.operator.RecordedRotations;
import io.stagedoor.proxy.refresh.GuardRules;
import io.stagedoor.proxy.refresh.RefreshGuard;
import io.stagedoor.proxy.refresh.RefreshSource;
import io.stagedoor.proxy.refresh.SourceFinder;
import io.stagedoor.proxy.refresh.book.GuardedSites.Guarded;
import io.stagedoor.proxy.refresh.book.JobFollower;
import io.stagedoor.proxy.refresh.book.RefreshBook;
import io.stagedoor.proxy.refresh.book.SiteRefreshes;
import io.stagedoor.proxy.refresh.book.TableauEvents;
import io.stagedoor.proxy.refresh.site.FoundSources;
import io.stagedoor.proxy.refresh.site.HttpTableauCalls;
import io.stagedoor.proxy.refresh.site.SiteContents;
import io.stagedoor.proxy.refresh.site.StaleWarnings;
import io.stagedoor.proxy.rotation.ConnectionRotation;
import io.stagedoor.proxy.rotation.EmbeddedConnection;
import io.stagedoor.proxy.rotation.EmbeddedConnection.UnreadablePasswordException;
import io.stagedoor.proxy.rotation.RotationSchedule;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What the proxy does at one Tableau site by itself. Lives as long as nothing changes about the site
 * and the services that its checks ask.
 */
final class SiteParts implements AutoCloseable {

    private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(5);

    private final ServiceConfig config;
    private final SiteTools means;
    private final List<ServiceConfig> services;
    private final HttpTableauCalls calls;
    private final ShutdownOrder closing = new ShutdownOrder();
    private final Optional<Guarded> guarded;
    private final Optional<TableauEvents> events;
    private final Optional<ConnectionRotation> rotation;
    private final Optional<RotationSchedule> schedule;
    private final AtomicBoolean begun = new AtomicBoolean();

    /**
     * Makes the parts of a site; nothing is asked yet.
     *
     * @param services all services that are configured
     * @throws IOException if a file of certificates cannot be used
     */
    SiteParts(ServiceConfig config, Place.Site site, SiteTools means, List<ServiceConfig> services)
            throws IOException {
        this.config = config;
        this.means = means;
        this.services = services;
        this.calls = closing.closing(calls(site));
        SiteWork work = site.work();
        this.guarded =
                work.refreshGuard().isPresent()
                        ? Optional.of(guarded(work.refreshGuard().get()))
                        : Optional.empty();
        this.events =
                work.refreshGuard()
                        .flatMap(RefreshGuardConfig::webhookSecret)
                        .flatMap(secret -> guarded.map(each -> events(each, secret)));
        this.rotation =
                work.connections().isEmpty()
                        ? Optional.empty()
                        : Optional.of(rotation(work.connections()));
        this.schedule =
                rotation.map(each -> closing.closing(new RotationSchedule(each, BETWEEN_ROUNDS)));
    }

    private HttpTableauCalls calls(Place.Site site) throws IOException {
        ServiceParts parts = means.partsOf(config.name());
        return SiteCalls.of(
                config,
                site,
                new SiteCalls.Entry(parts.credentials(), parts.sessions()),
                operationsOf(site.work()));
    }

    private static Set<String> operationsOf(SiteWork work) {
        Set<String> operations = new LinkedHashSet<>();
        if (work.refreshGuard().isPresent()) {
            operations.addAll(SiteCalls.GUARD);
        }
        if (work.refreshGuard().filter(RefreshGuardConfig::warn).isPresent()) {
            operations.addAll(SiteCalls.WARNINGS);
        }
        if (!work.connections().isEmpty()) {
            operations.addAll(SiteCalls.CONNECTIONS);
        }
        return operations;
    }

    /** What is known of where things are ends with what the site says of them. */
    private void changed(String kind, String luid) {
        ContentKind.ofWord(kind)
                .ifPresent(
                        known ->
                                means.partsOf(config.name())
                                        .siteFacts()
                                        .ifPresent(facts -> facts.changed(known, luid)));
    }

    private Guarded guarded(RefreshGuardConfig guard) throws IOException {
        SiteChecks checks = closing.closing(new SiteChecks(guard, means, services));
        List<RefreshSource> sources = checks.sources();
        SiteContents contents = new SiteContents(calls, Ticker.systemTicker());
        SourceFinder finder =
                guard.findSources()
                        ? new FoundSources(
                                calls, checks.byServer(), checks::failing, Ticker.systemTicker())
                        : SourceFinder.NONE;
        return new Guarded(
                new RefreshGuard(rules(guard), sources, contents, finder, means.foundation().clock),
                new SiteRefreshes(
                        config.name(),
                        sources,
                        means.foundation()
                                .refreshBooks
                                .computeIfAbsent(config.name(), _ -> new RefreshBook()),
                        new SiteRefreshes.Followings(
                                guard.warn()
                                        ? Optional.of(
                                                closing.closing(
                                                        new StaleWarnings(calls, config.name())))
                                        : Optional.empty(),
                                Optional.of(closing.closing(follower())),
                                List.of(contents, this::changed)),
                        means.foundation().clock));
    }

    private JobFollower follower() {
        return new JobFollower(calls, JobFollower.Pace.usual(), means.foundation().clock);
    }

    private TableauEvents events(Guarded site, SecretRef secret) {
        Supplier<String> revealed = means.foundation().translation.reveal(secret);
        return new TableauEvents(site.refreshes(), revealed, means.foundation().clock);
    }

    private static GuardRules rules(RefreshGuardConfig guard) {
        GuardRules.Answer answer =
                switch (guard.answer()) {
                    case CONFLICT -> GuardRules.Answer.CONFLICT;
                    case UNAVAILABLE -> GuardRules.Answer.UNAVAILABLE;
                };
        return new GuardRules(
                answer,
                guard.whenUnknown() == RefreshGuardConfig.WhenUnknown.HOLD,
                guard.times().retryAfter());
    }

    private ConnectionRotation rotation(List<ConnectionConfig> connections) {
        return new ConnectionRotation(
                config.name(),
                connections.stream().map(this::connection).toList(),
                calls,
                new RecordedRotations(means.foundation().trail),
                means.foundation().clock);
    }

    private EmbeddedConnection connection(ConnectionConfig connection) {
        EmbeddedConnection.Kind kind =
                switch (connection.content().kind()) {
                    case DATASOURCE -> EmbeddedConnection.Kind.DATASOURCE;
                    case WORKBOOK -> EmbeddedConnection.Kind.WORKBOOK;
                    case FLOW -> EmbeddedConnection.Kind.FLOW;
                    case VIRTUAL_CONNECTION -> EmbeddedConnection.Kind.VIRTUAL_CONNECTION;
                };
        ConnectionConfig.Chosen chosen = connection.chosen();
        Supplier<String> revealed = means.foundation().translation.reveal(connection.password());
        return new EmbeddedConnection(
                new EmbeddedConnection.Content(kind, connection.content().id()),
                new EmbeddedConnection.Chosen(chosen.id(), chosen.server(), chosen.user()),
                connection.user(),
                () -> read(revealed),
                connection.every());
    }

    private static String read(Supplier<String> password) throws UnreadablePasswordException {
        try {
            return password.get();
        } catch (SecretUnavailableException failure) {
            throw new UnreadablePasswordException(String.valueOf(failure.getMessage()));
        }
    }

    /** Returns the site's configured name. */
    String name() {
        return config.name();
    }

    /** Returns the guard, if there is one. */
    Optional<Guarded> guarded() {
        return guarded;
    }

    /** Returns what takes events, if they are taken. */
    Optional<TableauEvents> events() {
        return events;
    }

    /** Returns what keeps embedded credentials, if any are kept. */
    Optional<ConnectionRotation> rotation() {
        return rotation;
    }

    /** Begins the schedule; has no effect once begun. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            schedule.ifPresent(RotationSchedule::begin);
        }
    }

    @Override
    public void close() {
        closing.close();
    }
}
