package io.stagedoor.config;

import io.stagedoor.config.access.AccessLoader;
import io.stagedoor.config.access.DeclaredAccess;
import io.stagedoor.config.credential.AssertionConfig;
import io.stagedoor.config.credential.CredentialsConfig;
import io.stagedoor.config.credential.UpstreamsConfig;
import io.stagedoor.config.directory.DirectoryConfig;
import io.stagedoor.config.directory.GroupsConfig;
import io.stagedoor.config.directory.MappedGroup;
import io.stagedoor.config.issuer.IssuerConfig;
import io.stagedoor.config.issuer.IssuerReader;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.listener.AdminConfig;
import io.stagedoor.config.listener.LimitsConfig;
import io.stagedoor.config.listener.ListenerConfig;
import io.stagedoor.config.operator.LoginConfig;
import io.stagedoor.config.section.Loaded;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.service.KnownServices;
import io.stagedoor.config.service.PlaceKind;
import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.config.service.ServiceReader;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.config.upstream.UpstreamConnectionsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the main file, and on the way the access file that it names. Serves one load. */
final class ConfigReader implements SectionReader<StagedoorConfig> {

    private Loaded<DeclaredAccess> access = nothing();

    /** Returns what came of the access file; nothing is wrong with it if none is named. */
    Loaded<DeclaredAccess> access() {
        return access;
    }

    @Override
    public Optional<StagedoorConfig> read(Section in) {
        Setting<ListenerConfig> listener = in.requiredSection("listener", ListenerConfig::read);
        Setting<AdminConfig> admin = in.section("admin", each -> AdminConfig.read(each, listener));
        Setting<LimitsConfig> limits = in.section("limits", LimitsConfig::read);
        IssuerReader issuerReader = new IssuerReader();
        Setting<List<IssuerConfig>> issuers = in.sections("issuers", issuerReader, 1);
        checkOperators(in, admin, issuers);
        Setting<AccessSection> access = in.section("access", ConfigReader::accessSection);
        ServiceReader serviceReader = new ServiceReader(issuerReader::mayAccept, isNamed(access));
        Setting<List<ServiceConfig>> services = services(in, serviceReader);
        Setting<UpstreamsConfig> upstreams = upstreams(in);
        Setting<AuditConfig> audit = in.section("audit", AuditConfig::read);
        Setting<AccessConfig> declared = declared(in, access, serviceReader.known());
        warnOfUncovered(in, listener, services);
        return in.build(
                () ->
                        new StagedoorConfig(
                                listener.value(),
                                admin.value(),
                                limits.value(),
                                issuers.value(),
                                services.value(),
                                upstreams.value(),
                                audit.value(),
                                declared.value()));
    }

    private static Setting<UpstreamsConfig> upstreams(Section in) {
        Setting<UpstreamConnectionsConfig> connections =
                in.section("upstream_connections", UpstreamConnectionsConfig::read);
        Setting<CredentialsConfig> credentials = in.section("credentials", CredentialsConfig::read);
        Setting<Optional<AssertionConfig>> assertion =
                in.optionalSection("assertion", AssertionConfig::read);
        return in.combine(
                () ->
                        new UpstreamsConfig(
                                connections.value(), credentials.value(), assertion.value()),
                List.of(connections, credentials, assertion));
    }

    private static Setting<List<ServiceConfig>> services(Section in, ServiceReader reader) {
        Setting<List<ServiceConfig>> workspaces =
                in.sections("workspaces", reader.of(PlaceKind.WORKSPACE), 0);
        Setting<List<ServiceConfig>> factories =
                in.sections("factories", reader.of(PlaceKind.FACTORY), 0);
        Setting<List<ServiceConfig>> sites = in.sections("sites", reader.of(PlaceKind.SITE), 0);
        List<Setting<List<ServiceConfig>>> all = List.of(workspaces, factories, sites);
        Setting<List<ServiceConfig>> joined =
                in.combine(
                        () -> all.stream().flatMap(each -> each.value().stream()).toList(),
                        List.copyOf(all));
        return joined.isGood() && joined.value().isEmpty()
                ? in.refuse(
                        "workspaces",
                        "nothing is behind the proxy",
                        "add `workspaces:`, `factories:` or `sites:` with at least one entry")
                : joined;
    }

    /** What the admin socket believes, the issuers must vouch for. */
    private static void checkOperators(
            Section in, Setting<AdminConfig> admin, Setting<List<IssuerConfig>> issuers) {
        if (!admin.isGood() || !issuers.isGood()) {
            return;
        }
        Optional<String> audience = admin.value().operators().audience();
        boolean accepted =
                issuers.value().stream()
                        .anyMatch(
                                one ->
                                        audience.map(one.tokens().audiences()::contains)
                                                .orElse(true));
        if (!accepted) {
            in.refuse(
                    "admin",
                    "no issuer accepts the audience " + Quoted.of(audience.orElse("")),
                    "add it to the `audiences` of the issuer that the operators' tokens come from");
        }
        Optional<String> name = admin.value().login().map(LoginConfig::issuer);
        boolean named =
                issuers.value().stream().anyMatch(one -> name.map(one.name()::equals).orElse(true));
        if (!named) {
            in.refuse(
                    "admin",
                    "`login` names the issuer " + Quoted.of(name.orElse("")) + ", which is none",
                    "write the `name` of one of `issuers:`");
        }
    }

    private static void warnOfUncovered(
            Section in, Setting<ListenerConfig> listener, Setting<List<ServiceConfig>> services) {
        if (listener.isGood() && services.isGood() && listener.value().tls().isPresent()) {
            Set<String> hosts =
                    services.value().stream()
                            .flatMap(service -> service.hosts().stream())
                            .collect(Collectors.toSet());
            listener.value()
                    .tls()
                    .get()
                    .uncovered(hosts)
                    .forEach(
                            host ->
                                    in.warn(
                                            "listener",
                                            "no certificate is for the host " + Quoted.of(host),
                                            "have one issued with this subject alternative name;"
                                                    + " clients refuse the others"));
        }
    }

    /** The section {@code access}, before the file that it names is read. */
    private record AccessSection(
            Optional<Path> file,
            boolean groupsComplete,
            Duration recheckInterval,
            GroupsConfig groups) {

        private AccessConfig with(DeclaredAccess declared) {
            return new AccessConfig(file, groupsComplete, recheckInterval, groups, declared);
        }
    }

    private static Optional<AccessSection> accessSection(Section in) {
        Setting<Optional<Path>> file =
                in.optional("file", in.reading().files().file("an access file", "access.yaml"));
        Setting<Boolean> complete =
                in.check(
                        "groups_complete",
                        in.optional("groups_complete", Kinds.flag(), false),
                        on -> !on || !file.isGood() || file.value().isPresent(),
                        "no access file names any groups",
                        "name it: `file: access.yaml`; or leave this key out");
        Setting<Duration> recheck =
                in.optional(
                        "recheck_interval",
                        Kinds.duration(Duration.ofMillis(100), Duration.ofHours(1)),
                        Duration.ofSeconds(15));
        Setting<List<DirectoryConfig>> directories =
                in.sections("directories", DirectoryConfig.reader(), 0);
        Setting<List<MappedGroup>> mapped = in.sections("mapped_groups", MappedGroup::read, 0);
        return in.build(
                () ->
                        new AccessSection(
                                file.value(),
                                complete.value(),
                                recheck.value(),
                                new GroupsConfig(directories.value(), mapped.value())));
    }

    private static boolean isNamed(Setting<AccessSection> access) {
        return !access.isGood() || access.value().file().isPresent();
    }

    private Setting<AccessConfig> declared(
            Section in, Setting<AccessSection> section, KnownServices services) {
        if (!section.isGood() || section.value().file().isEmpty()) {
            return section.map(named -> named.with(DeclaredAccess.none()));
        }
        access = AccessLoader.load(section.value().file().get(), services);
        return access.value()
                .map(declared -> section.map(named -> named.with(declared)))
                .orElseGet(in::silently);
    }

    private static Loaded<DeclaredAccess> nothing() {
        return new Loaded<>(Optional.of(DeclaredAccess.none()), List.of(), List.of());
    }
}
