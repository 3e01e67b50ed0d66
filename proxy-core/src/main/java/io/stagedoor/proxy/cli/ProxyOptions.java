package io.stagedoor.proxy.cli;

import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.service.Place;
import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.proxy.cli.client.ProxyTarget;
import io.stagedoor.proxy.cli.profile.ProxyAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say where the proxy is: an address, or else a configuration, or else what the
 * profile remembers.
 */
final class ProxyOptions {
    private static final int HTTPS = 443;

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description =
                    "The workspace's address at the proxy; default: as configured, else as the"
                            + " profile remembers.")
    private @Nullable URI proxy;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file of the private authorities that sign the proxy's certificate.")
    private @Nullable Path certificates;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A stagedoor.yaml to take the address from.")
    private @Nullable Path config;

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "NAME",
            description = "The workspace in it; needed when there are several.")
    private @Nullable String workspace;

    /**
     * Gives the target, if anything names one.
     *
     * @throws IllegalArgumentException if options do not go together
     */
    Optional<ProxyTarget> target(Profiles profiles) {
        if (config != null && proxy == null) {
            return Optional.of(configured(Configuration.required(config)));
        }
        return LoginOptions.address(proxy, certificates).or(profiles::proxy).map(ProxyTarget::of);
    }

    private ProxyTarget configured(StagedoorConfig all) {
        ServiceConfig chosen = chosen(all.services());
        String host =
                chosen.hosts().stream()
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "the workspace `"
                                                        + chosen.name()
                                                        + "` has no host name in the configuration:"
                                                        + " say --proxy https://host/prefix"));
        String authority = authority(host, all);
        ProxyAddress address =
                LoginOptions.address(URI.create("https://" + authority), certificates)
                        .orElseThrow();
        return new ProxyTarget(
                address.root(), suffix(chosen, authority), arm(all), address.certificates());
    }

    private static String authority(String host, StagedoorConfig all) {
        int port = all.listener().port();
        return port == HTTPS ? host : host + ":" + port;
    }

    /** Factories share the names of Azure Resource Manager. */
    private static Optional<URI> arm(StagedoorConfig all) {
        return all.services().stream()
                .filter(service -> service.place() instanceof Place.Factory)
                .flatMap(service -> service.hosts().stream())
                .findFirst()
                .map(host -> URI.create("https://" + authority(host, all)));
    }

    /** The host that az makes of the workspace's name must be the one configured. */
    private static Optional<String> suffix(ServiceConfig chosen, String authority) {
        boolean named =
                chosen.place() instanceof Place.Workspace
                        && authority.startsWith(chosen.name() + ".");
        return named ? Optional.of(authority.substring(chosen.name().length())) : Optional.empty();
    }

    private ServiceConfig chosen(List<ServiceConfig> all) {
        if (workspace == null && all.size() == 1) {
            return all.getFirst();
        }
        return all.stream()
                .filter(each -> each.name().equals(workspace))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "say which workspace with --workspace: "
                                                + String.join(
                                                        ", ",
                                                        all.stream()
                                                                .map(ServiceConfig::name)
                                                                .toList())));
    }
}
