package io.stagedoor.proxy;

import io.stagedoor.config.place.Place;
import io.stagedoor.config.place.ServiceConfig;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import io.stagedoor.proxy.exchange.OpenSites;
import io.stagedoor.proxy.reload.FileDigest;
import io.stagedoor.proxy.reload.PartList;
import io.stagedoor.proxy.serverinfo.HttpServerInfo;
import io.stagedoor.proxy.serverinfo.ServerInfos;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes what clients of Tableau sites may ask before they sign in. */
final class OpenParts {

    private final PartList parts;
    private final InstantSource clock;

    OpenParts(PartList parts, InstantSource clock) {
        this.parts = parts;
        this.clock = clock;
    }

    private record ServerKey(
            String site,
            URI origin,
            String apiVersion,
            Optional<Path> trusted,
            FileDigest certificates) {}

    /**
     * Takes or makes what is known of each site's server.
     *
     * @throws IOException if a file of certificates cannot be used
     */
    OpenSites sites(List<ServiceConfig> services) throws IOException {
        Map<String, ServerInfos> byHost = new HashMap<>();
        Map<List<String>, ServerInfos> byPrefix = new HashMap<>();
        Set<String> hosts = new HashSet<>();
        for (ServiceConfig service : services) {
            Set<String> own = Places.route(service).hosts();
            hosts.addAll(own);
            if (service.place() instanceof Place.Site site) {
                ServerInfos infos = infos(service, site);
                own.forEach(host -> byHost.put(host, infos));
                service.pathPrefix()
                        .ifPresent(prefix -> byPrefix.put(Places.segments(prefix), infos));
            }
        }
        return new OpenSites(byHost, byPrefix, hosts);
    }

    private ServerInfos infos(ServiceConfig service, Place.Site site) throws IOException {
        URI origin = service.upstream().uri();
        Optional<Path> trusted = service.upstream().trustedCertificates();
        ServerKey key =
                new ServerKey(
                        service.name(),
                        origin,
                        site.apiVersion(),
                        trusted,
                        FileDigest.of(trusted.stream().toList()));
        return parts.take(
                ServerInfos.class,
                key,
                () ->
                        new ServerInfos(
                                service.name(),
                                new HttpServerInfo(
                                        origin, site.apiVersion(), TlsTrust.context(trusted)),
                                clock));
    }
}
