package io.stagedoor.proxy;

import io.stagedoor.config.place.Place;
import io.stagedoor.config.place.ServiceConfig;
import io.stagedoor.config.refresh.RefreshGuardConfig;
import io.stagedoor.config.refresh.RefreshSourceConfig;
import io.stagedoor.config.refresh.SourceCheckConfig;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import io.stagedoor.proxy.directory.remote.RemoteLimits;
import io.stagedoor.proxy.directory.remote.RemoteReader;
import io.stagedoor.proxy.exchange.Service;
import io.stagedoor.proxy.refresh.Finding;
import io.stagedoor.proxy.refresh.RefreshSource;
import io.stagedoor.proxy.refresh.SourceCheck;
import io.stagedoor.proxy.refresh.WatchedCheck;
import io.stagedoor.proxy.refresh.check.CircuitCheck;
import io.stagedoor.proxy.refresh.check.PipelineCheck;
import io.stagedoor.proxy.refresh.check.ServiceReads;
import io.stagedoor.proxy.refresh.check.SqlPoolCheck;
import io.stagedoor.proxy.refresh.check.UrlCheck;
import io.stagedoor.proxy.upstream.UpstreamHealth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes the checks of one site's guard, and closes what they ask with. Used by one thread. */
final class SiteChecks implements AutoCloseable {

    private static final String FACTORY_VERSION = "2018-06-01";
    private static final String WORKSPACE_VERSION = "2020-12-01";

    private final RefreshGuardConfig guard;
    private final SiteTools means;
    private final List<ServiceConfig> services;
    private final Map<String, RemoteReads> reads = new HashMap<>();
    private final ShutdownOrder closing = new ShutdownOrder();

    SiteChecks(RefreshGuardConfig guard, SiteTools means, List<ServiceConfig> services) {
        this.guard = guard;
        this.means = means;
        this.services = services;
    }

    /**
     * Makes the declared sources.
     *
     * @throws IOException if a file of certificates cannot be used
     */
    List<RefreshSource> sources() throws IOException {
        List<RefreshSource> sources = new ArrayList<>();
        for (RefreshSourceConfig source : guard.sources()) {
            List<WatchedCheck> checks = new ArrayList<>();
            for (SourceCheckConfig check : source.checks()) {
                checks.add(watched(source.name(), check(check)));
            }
            sources.add(
                    new RefreshSource(source.name(), source.content(), source.freshness(), checks));
        }
        return sources;
    }

    /** Returns the checks of the workspaces whose SQL endpoints a connection can name. */
    Map<String, List<WatchedCheck>> byServer() {
        Map<String, List<WatchedCheck>> byServer = new HashMap<>();
        for (ServiceConfig service : services) {
            if (service.place() instanceof Place.Workspace(String name)) {
                List<WatchedCheck> checks = List.of(watched("found", circuit(name)));
                String host = service.upstream().cloud().workspace(name).getHost();
                String domain =
                        host.substring(host.indexOf('.')).replaceFirst("^\\.dev\\.", ".sql.");
                byServer.put((name + domain).toLowerCase(Locale.ROOT), checks);
                byServer.put((name + "-ondemand" + domain).toLowerCase(Locale.ROOT), checks);
            }
        }
        return byServer;
    }

    /** Returns the check that stands for what cannot be looked up. */
    WatchedCheck failing(Finding finding) {
        record Failing(String name, Finding look) implements SourceCheck {}
        return watched("found", new Failing("connections", finding));
    }

    private WatchedCheck watched(String source, SourceCheck check) {
        return new WatchedCheck(
                source,
                check,
                new WatchedCheck.Times(guard.times().cache(), guard.times().timeout()),
                means.foundation().threads,
                means.foundation().clock);
    }

    private SourceCheck check(SourceCheckConfig check) throws IOException {
        return switch (check) {
            case SourceCheckConfig.Circuit(String service) -> circuit(service);
            case SourceCheckConfig.SqlPool(String service, String pool) ->
                    new SqlPoolCheck(service, pool, reads(service));
            case SourceCheckConfig.Pipeline pipeline -> pipeline(pipeline);
            case SourceCheckConfig.Url url -> url(url);
        };
    }

    private UrlCheck url(SourceCheckConfig.Url url) throws IOException {
        UrlCheck made =
                new UrlCheck(
                        url.uri(),
                        url.status(),
                        guard.times().timeout(),
                        Optional.of(TlsTrust.context(url.trustedCertificates())));
        return closing.closing(made);
    }

    private PipelineCheck pipeline(SourceCheckConfig.Pipeline pipeline) throws IOException {
        boolean ofFactory = service(pipeline.service()).place() instanceof Place.Factory;
        return new PipelineCheck(
                new PipelineCheck.Pipeline(
                        pipeline.service(),
                        pipeline.pipeline(),
                        pipeline.maxAge(),
                        pipeline.running() == SourceCheckConfig.Running.PASS),
                ofFactory ? FACTORY_VERSION : WORKSPACE_VERSION,
                reads(pipeline.service()),
                means.foundation().clock);
    }

    private CircuitCheck circuit(String service) {
        return new CircuitCheck(
                service,
                () ->
                        Optional.ofNullable(means.upstreams().get(service))
                                .map(Service::upstream)
                                .map(upstream -> state(upstream.health())));
    }

    private static CircuitCheck.State state(UpstreamHealth health) {
        return new CircuitCheck.State(health.healthy(), health.circuitOpen());
    }

    private ServiceReads reads(String name) throws IOException {
        RemoteReads known = reads.get(name);
        if (known == null) {
            known = closing.closing(made(service(name)));
            reads.put(name, known);
        }
        return known;
    }

    private RemoteReads made(ServiceConfig service) throws IOException {
        RemoteReader reader =
                new RemoteReader(
                        new RemoteReader.Service(
                                "service `" + service.name() + "`",
                                service.upstream().uri(),
                                Optional.of(
                                        TlsTrust.context(
                                                service.upstream().trustedCertificates()))),
                        new CredentialAuthorization(
                                means.partsOf(service.name()).credentials(), service.name()),
                        RemoteLimits.defaults(),
                        means.foundation().patiences.with(service.upstream().uri()),
                        means.foundation().clock);
        return new RemoteReads(
                reader,
                service.place() instanceof Place.Factory factory ? factory.resourceId() : "");
    }

    private ServiceConfig service(String name) {
        return services.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no service `" + name + "`"));
    }

    @Override
    public void close() {
        closing.close();
    }
}
