package io.stagedoor.proxy;

import io.stagedoor.config.place.AssignmentSource;
import io.stagedoor.config.place.Cloud;
import io.stagedoor.config.place.ListMode;
import io.stagedoor.config.place.Place;
import io.stagedoor.config.place.ServiceConfig;
import io.stagedoor.config.place.TunnelConfig;
import io.stagedoor.config.place.UpstreamConfig;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.policy.scope.NameFold;
import io.stagedoor.proxy.body.LinkRules;
import io.stagedoor.proxy.directory.SnapshotSource;
import io.stagedoor.proxy.directory.WorkspaceSettings;
import io.stagedoor.proxy.exchange.OpenDocuments;
import io.stagedoor.proxy.http.CloudMetadata;
import io.stagedoor.proxy.journey.Destination;
import io.stagedoor.proxy.route.RouteRule;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What follows from which service a configured one is: its platform, its names, its scopes. */
final class Places {

    private Places() {}

    static RouteRule route(ServiceConfig service) {
        return new RouteRule(
                service.name(), service.hosts(), service.pathPrefix(), resourceOf(service.place()));
    }

    private static Optional<String> resourceOf(Place place) {
        return switch (place) {
            case Place.Factory factory -> Optional.of(factory.resourceId());
            case Place.Workspace _, Place.Site _ -> Optional.empty();
        };
    }

    /** Returns the documented calls of a service's platform. */
    static OperationCatalogue calls(Place place) {
        return OperationCatalogue.of(platformOf(place));
    }

    /** Returns the addresses under which a service names itself in links. */
    static List<URI> namesOf(ServiceConfig service) {
        UpstreamConfig upstream = service.upstream();
        return switch (service.place()) {
            case Place.Workspace(String name) ->
                    List.of(upstream.uri(), upstream.cloud().workspace(name));
            case Place.Factory _ -> List.of(upstream.uri(), upstream.cloud().management());
            case Place.Site _ -> List.of(upstream.uri());
        };
    }

    /** Returns what anybody may read where factories are reached. */
    static OpenDocuments documents(List<ServiceConfig> services) {
        Map<String, CloudMetadata> byHost = new HashMap<>();
        Map<List<String>, CloudMetadata> byPrefix = new HashMap<>();
        for (ServiceConfig service : services) {
            if (service.place() instanceof Place.Factory) {
                Cloud cloud = service.upstream().cloud();
                CloudMetadata document =
                        CloudMetadata.of(
                                cloud.name().toLowerCase(Locale.ROOT),
                                cloud.synapseSuffix(),
                                synapseSuffix(services, cloud));
                service.hosts().forEach(host -> byHost.put(host, document));
                service.pathPrefix().ifPresent(prefix -> byPrefix.put(segments(prefix), document));
            }
        }
        return new OpenDocuments(byHost, byPrefix);
    }

    /** Returns the segments of a configured path prefix. */
    static List<String> segments(String prefix) {
        return List.of(prefix.substring(1).split("/", -1));
    }

    /** Returns what follows the names of workspaces in their host names, if it is always the same. */
    static Optional<String> synapseSuffix(List<ServiceConfig> services, Cloud cloud) {
        Set<String> suffixes = new HashSet<>();
        for (ServiceConfig service : services) {
            String begin = service.name().toLowerCase(Locale.ROOT) + ".";
            if (service.place() instanceof Place.Workspace && service.upstream().cloud() == cloud) {
                service.hosts().stream()
                        .filter(host -> host.startsWith(begin))
                        .map(host -> host.substring(begin.length()))
                        .forEach(suffixes::add);
            }
        }
        return suffixes.size() == 1 ? suffixes.stream().findFirst() : Optional.empty();
    }

    /** Returns what is done with the addresses in a service's answers. */
    static LinkRules links(UpstreamConfig upstream) {
        Map<String, String> endpoints = new HashMap<>();
        upstream.sqlEndpoint().ifPresent(name -> endpoints.put("sql", name));
        upstream.sqlOnDemandEndpoint().ifPresent(name -> endpoints.put("sqlOnDemand", name));
        return new LinkRules(endpoints, upstream.sparkLinks() == UpstreamConfig.SparkLinks.STRIP);
    }

    /** Returns the platform that a service belongs to. */
    static Platform platformOf(Place place) {
        return switch (place) {
            case Place.Workspace _ -> Platform.SYNAPSE;
            case Place.Factory _ -> Platform.DATA_FACTORY;
            case Place.Site _ -> Platform.TABLEAU;
        };
    }

    /** Returns what the parameters that name a service must say. */
    static Destination.OwnNames ownNames(Place place) {
        Map<String, String> own =
                switch (place) {
                    // a site is told by its id, which is looked up: ScopeInput.RootName
                    case Place.Workspace _, Place.Site _ -> Map.of();
                    case Place.Factory(String name, String subscription, String group) ->
                            Map.of(
                                    "subscriptionId", subscription,
                                    "resourceGroupName", group,
                                    "factoryName", name);
                };
        return (parameter, value) -> NameFold.same(own.getOrDefault(parameter, value), value);
    }

    static OperationCatalogue tunnels(ServiceConfig service) {
        return OperationCatalogue.of(
                platformOf(service.place()),
                service.upstream().tunnels().stream().map(Places::tunnel).toList());
    }

    private static Operation tunnel(TunnelConfig tunnel) {
        return Operation.tunnel(tunnel.name(), tunnel.path(), tunnel.requires());
    }

    /** Returns how long the tunnels may last, by the names of their operations. */
    static Map<String, Duration> tunnelLifetimes(UpstreamConfig upstream) {
        return upstream.tunnels().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                each -> tunnel(each).name(), TunnelConfig::maxLifetime));
    }

    static WorkspaceSettings settings(ServiceConfig service) {
        return new WorkspaceSettings(
                service.name(),
                service.root(),
                service.tenant(),
                source(service.assignments().from()),
                service.assignments().pollInterval(),
                service.assignments().maxAge(),
                service.entrance().lists() == ListMode.FILTERED);
    }

    private static SnapshotSource source(AssignmentSource source) {
        return switch (source) {
            case LIVE -> SnapshotSource.LIVE;
            case DECLARED -> SnapshotSource.DECLARED;
            case BOTH -> SnapshotSource.BOTH;
        };
    }

    /** Returns the scope that tokens for a service are asked with. */
    static String tokenScope(ServiceConfig service) {
        Cloud cloud = service.upstream().cloud();
        return service.place() instanceof Place.Factory
                ? cloud.managementScope()
                : cloud.tokenScope();
    }
}
