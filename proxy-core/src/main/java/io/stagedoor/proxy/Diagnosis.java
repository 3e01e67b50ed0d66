package io.stagedoor.proxy;

import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.issuer.IssuerConfig;
import io.stagedoor.config.service.Place;
import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.config.service.UpstreamConfig;
import io.stagedoor.proxy.directory.Declared;
import io.stagedoor.proxy.directory.groups.GroupListener;
import io.stagedoor.proxy.directory.remote.HostPatiences;
import io.stagedoor.proxy.doctor.AuditFolderCheck;
import io.stagedoor.proxy.doctor.Check;
import io.stagedoor.proxy.doctor.ClientsCheck;
import io.stagedoor.proxy.doctor.IssuerCheck;
import io.stagedoor.proxy.doctor.ListenerCheck;
import io.stagedoor.proxy.doctor.UpstreamCheck;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The checks that a configuration calls for, in the order of the chain from client to upstream. */
public final class Diagnosis {

    private Diagnosis() {}

    /**
     * Lists the checks; nothing is asked yet.
     *
     * @param environment looks up environment variables, for secrets
     * @throws IOException if the certificates to trust for credentials cannot be read
     */
    public static List<Check> of(
            StagedoorConfig config,
            Function<String, Optional<String>> environment,
            InstantSource clock)
            throws IOException {
        List<Check> checks = new ArrayList<>();
        Translation translation =
                new Translation(
                        new CredentialTranslation(
                                config.upstreams().credentials(), environment, clock));
        config.listener()
                .tls()
                .ifPresent(tls -> checks.add(new ListenerCheck(tls, hosts(config), clock)));
        for (IssuerConfig issuer : config.issuers()) {
            checks.add(
                    new IssuerCheck(
                            translation.issuer(issuer), Translation.keySetTimes(issuer), clock));
        }
        checks.addAll(directories(config, translation, clock));
        Declared declared =
                Translation.declared(config.access().declared(), config.access().groups().mapped());
        for (ServiceConfig workspace : config.services()) {
            checks.add(upstream(workspace, clock));
            checks.add(
                    workspace.place() instanceof Place.Site
                            ? new SiteCheck(workspace, translation.sites(), clock)
                            : new WorkspaceCheck(workspace, declared, translation, clock));
        }
        checks.add(
                new AuditFolderCheck(
                        config.audit().directory(), config.audit().segmentSize().bytes()));
        for (ServiceConfig workspace : config.services()) {
            checks.add(clients(workspace, config.issuers()));
        }
        return List.copyOf(checks);
    }

    private static List<Check> directories(
            StagedoorConfig config, Translation translation, InstantSource clock) {
        GroupMeans means =
                new GroupMeans(translation, clock, new HostPatiences(clock), GroupListener.NONE);
        return config.access().groups().directories().stream()
                .<Check>map(
                        each -> new DirectoryCheck(each, config.access().groups().mapped(), means))
                .toList();
    }

    private static Set<String> hosts(StagedoorConfig config) {
        return config.services().stream()
                .flatMap(workspace -> workspace.hosts().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Check upstream(ServiceConfig workspace, InstantSource clock) {
        UpstreamConfig upstream = workspace.upstream();
        return new UpstreamCheck(
                workspace.name(),
                upstream.uri(),
                upstream.endpoints(),
                upstream.trustedCertificates(),
                clock);
    }

    private static Check clients(ServiceConfig workspace, List<IssuerConfig> issuers) {
        return new ClientsCheck(
                workspace.name(),
                WorkspaceCheck.audience(workspace),
                workspace.audiences(),
                issuers.stream()
                        .flatMap(issuer -> issuer.tokens().audiences().stream())
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
