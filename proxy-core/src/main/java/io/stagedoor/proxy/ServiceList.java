package io.stagedoor.proxy;

import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.place.Place;
import io.stagedoor.config.place.ServiceConfig;
import io.stagedoor.config.upstream.UpstreamConnectionsConfig;
import io.stagedoor.proxy.refresh.book.GuardedSites;
import io.stagedoor.proxy.reload.FileDigest;
import io.stagedoor.proxy.reload.PartList;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each service of a configuration is read with, and worked at.
 *
 * @param parts what each is read with, by name
 * @param sites what the proxy does by itself at the Tableau sites where it does anything, by name
 */
record ServiceList(Map<String, ServiceParts> parts, Map<String, SiteParts> sites) {

    /** Copies the maps. */
    ServiceList {
        parts = Map.copyOf(parts);
        sites = Map.copyOf(sites);
    }

    /** All that the work at a site depends on: its checks may ask any service. */
    private record SiteKey(
            ServiceConfig site,
            List<ServiceConfig> asked,
            UpstreamConnectionsConfig connections,
            FileDigest files) {}

    /**
     * Takes or makes the work at each site.
     *
     * @throws IOException if a file that it needs cannot be used
     */
    static ServiceList of(StagedoorConfig config, SiteTools means, PartList parts)
            throws IOException {
        FileDigest files =
                FileDigest.of(
                        config.services().stream()
                                .flatMap(each -> WatchedFiles.of(each).stream())
                                .toList());
        Map<String, SiteParts> sites = new LinkedHashMap<>();
        for (ServiceConfig service : config.services()) {
            if (service.place() instanceof Place.Site site && site.work().isAny()) {
                SiteKey key =
                        new SiteKey(
                                service, config.services(), config.upstreamConnections(), files);
                sites.put(
                        service.name(),
                        parts.take(
                                SiteParts.class,
                                key,
                                () -> new SiteParts(service, site, means, config.services())));
            }
        }
        return new ServiceList(means.parts(), sites);
    }

    /** Returns the guards. */
    GuardedSites guarded() {
        Map<String, GuardedSites.Guarded> guarded = new LinkedHashMap<>();
        sites.forEach((name, site) -> site.guarded().ifPresent(each -> guarded.put(name, each)));
        return new GuardedSites(guarded);
    }
}
