package io.stagedoor.config;

import io.stagedoor.config.access.AccessLoader;
import io.stagedoor.config.access.DeclaredAccess;
import io.stagedoor.config.issuer.IssuerConfig;
import io.stagedoor.config.issuer.IssuerReader;
import io.stagedoor.config.listener.AdminConfig;
import io.stagedoor.config.listener.LimitsConfig;
import io.stagedoor.config.listener.ListenerConfig;
import io.stagedoor.config.section.Loaded;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.workspace.KnownWorkspaces;
import io.stagedoor.config.workspace.WorkspaceConfig;
import io.stagedoor.config.workspace.WorkspaceReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
        Setting<Optional<Path>> file = in.section("access", ConfigReader::accessFile);
        WorkspaceReader workspaceReader =
                new WorkspaceReader(issuerReader::mayAccept, isNamed(file));
        Setting<List<WorkspaceConfig>> workspaces = in.sections("workspaces", workspaceReader, 1);
        Setting<UpstreamConnectionsConfig> connections =
                in.section("upstream_connections", UpstreamConnectionsConfig::read);
        Setting<AuditConfig> audit = in.section("audit", AuditConfig::read);
        Setting<AccessConfig> declared = declared(in, file, workspaceReader.known());
        return in.build(
                () ->
                        new StagedoorConfig(
                                listener.value(),
                                admin.value(),
                                limits.value(),
                                issuers.value(),
                                workspaces.value(),
                                connections.value(),
                                audit.value(),
                                declared.value()));
    }

    private static Optional<Optional<Path>> accessFile(Section in) {
        Setting<Optional<Path>> file =
                in.optional("file", in.reading().files().file("an access file", "access.yaml"));
        return in.build(file::value);
    }

    private static boolean isNamed(Setting<Optional<Path>> file) {
        return !file.isGood() || file.value().isPresent();
    }

    private Setting<AccessConfig> declared(
            Section in, Setting<Optional<Path>> file, KnownWorkspaces workspaces) {
        if (!file.isGood() || file.value().isEmpty()) {
            return file.map(_ -> new AccessConfig(Optional.empty(), DeclaredAccess.none()));
        }
        access = AccessLoader.load(file.value().get(), workspaces);
        return access.value()
                .map(declared -> file.map(path -> new AccessConfig(path, declared)))
                .orElseGet(in::silently);
    }

    private static Loaded<DeclaredAccess> nothing() {
        return new Loaded<>(Optional.of(DeclaredAccess.none()), List.of(), List.of());
    }
}
