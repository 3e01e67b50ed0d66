package io.stagedoor.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.stagedoor.proxy.refresh.book.GuardedSites.Guarded;
import io.stagedoor.proxy.refresh.book.SiteRefreshes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The gauges of the work at Tableau sites. Labels are bounded: configured sites and sources, never
 * content.
 */
final class RefreshMetrics {

    private final Serving serving;
    private final MultiGauge freshness;
    private final MultiGauge refreshes;
    private final MultiGauge warnings;
    private final MultiGauge failing;

    private RefreshMetrics(MeterRegistry metrics, Serving serving) {
        this.serving = serving;
        this.freshness =
                MultiGauge.builder("stagedoor.refresh.freshness")
                        .baseUnit("seconds")
                        .description("age of the oldest data that is read from a source")
                        .register(metrics);
        this.refreshes =
                MultiGauge.builder("stagedoor.refreshes")
                        .description(
                                "refreshes since the site was configured, by what became of them")
                        .register(metrics);
        this.warnings =
                MultiGauge.builder("stagedoor.refresh.warning.failures")
                        .description("stale-data warnings that could not be set or removed")
                        .register(metrics);
        this.failing =
                MultiGauge.builder("stagedoor.connections.failing")
                        .description("connections whose embedded credential cannot be set")
                        .register(metrics);
    }

    static RefreshMetrics register(MeterRegistry metrics, Serving serving) {
        RefreshMetrics gauges = new RefreshMetrics(metrics, serving);
        gauges.showSites();
        return gauges;
    }

    /** Has gauges for the sites that are configured now. */
    void showSites() {
        List<SiteParts> sites = List.copyOf(serving.current().services().sites().values());
        freshness.register(sites.stream().flatMap(this::freshness).toList(), true);
        refreshes.register(sites.stream().flatMap(this::refreshes).toList(), true);
        warnings.register(
                sites.stream()
                        .filter(site -> site.guarded().isPresent())
                        .<MultiGauge.Row<?>>map(
                                site ->
                                        row(
                                                Tags.of("site", site.name()),
                                                site.name(),
                                                SiteRefreshes::warningFailures))
                        .toList(),
                true);
        failing.register(sites.stream().flatMap(this::failing).toList(), true);
    }

    private Stream<MultiGauge.Row<?>> freshness(SiteParts site) {
        return site.guarded().stream()
                .flatMap(guarded -> guarded.refreshes().watchedSources().stream())
                .map(
                        source ->
                                row(
                                        Tags.of("site", site.name(), "source", source),
                                        site.name(),
                                        refreshed -> seconds(refreshed.oldest(source))));
    }

    private Stream<MultiGauge.Row<?>> refreshes(SiteParts site) {
        Tags tags = Tags.of("site", site.name());
        return site.guarded().isEmpty()
                ? Stream.empty()
                : Stream.of(
                        row(tags.and("result", "held"), site.name(), SiteRefreshes::heldInAll),
                        row(tags.and("result", "passed"), site.name(), SiteRefreshes::passedInAll));
    }

    private Stream<MultiGauge.Row<?>> failing(SiteParts site) {
        return site.rotation().stream()
                .map(
                        _ ->
                                MultiGauge.Row.of(
                                        Tags.of("site", site.name()),
                                        this,
                                        gauges -> gauges.failing(site.name())));
    }

    private MultiGauge.Row<?> row(Tags tags, String site, ToDoubleFunction<SiteRefreshes> value) {
        return MultiGauge.Row.of(
                tags,
                this,
                gauges ->
                        gauges.site(site)
                                .flatMap(SiteParts::guarded)
                                .map(Guarded::refreshes)
                                .map(value::applyAsDouble)
                                .orElse(Double.NaN));
    }

    private double failing(String site) {
        return site(site)
                .flatMap(SiteParts::rotation)
                .map(rotation -> (double) rotation.failures().size())
                .orElse(Double.NaN);
    }

    private Optional<SiteParts> site(String name) {
        return Optional.ofNullable(serving.current().services().sites().get(name));
    }

    private static double seconds(Optional<Duration> age) {
        return age.map(each -> each.toMillis() / 1000.0).orElse(Double.NaN);
    }
}
