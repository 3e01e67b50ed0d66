package io.stagedoor.proxy;

import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.credential.AssertionConfig;
import io.stagedoor.config.directory.DirectoryKind;
import io.stagedoor.config.issuer.IntrospectionConfig;
import io.stagedoor.config.issuer.IssuerConfig;
import io.stagedoor.config.service.CredentialConfig;
import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.config.value.SecretRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files whose content the running configuration rests on. The listener's certificates are not
 * among them: those are taken up by themselves.
 */
final class WatchedFiles {

    private WatchedFiles() {}

    /** Returns the main file and all that it names. */
    static List<Path> of(Path main, StagedoorConfig config) {
        List<Path> files = new ArrayList<>();
        files.add(main);
        config.access().file().ifPresent(files::add);
        for (IssuerConfig issuer : config.issuers()) {
            files.addAll(of(issuer));
        }
        config.upstreams().assertion().ifPresent(each -> files.addAll(of(each)));
        config.services().forEach(workspace -> files.addAll(of(workspace)));
        config.access().groups().directories().forEach(each -> files.addAll(of(each.from())));
        return List.copyOf(files);
    }

    /** Returns the files that one issuer rests on; a secret is read whenever it is needed. */
    static List<Path> of(IssuerConfig issuer) {
        List<Path> files = new ArrayList<>();
        issuer.keys().trustedCertificates().ifPresent(files::add);
        issuer.introspection()
                .flatMap(IntrospectionConfig::trustedCertificates)
                .ifPresent(files::add);
        return List.copyOf(files);
    }

    /** Returns the files that one workspace rests on. */
    static List<Path> of(ServiceConfig workspace) {
        List<Path> files = new ArrayList<>(secretsOf(workspace.credential()));
        workspace.upstream().trustedCertificates().ifPresent(files::add);
        return List.copyOf(files);
    }

    /** Returns the files that identity assertions rest on. */
    static List<Path> of(AssertionConfig assertion) {
        return Stream.concat(assertion.key().stream(), assertion.nextKey().stream())
                .flatMap(secret -> fileOf(secret).stream())
                .toList();
    }

    /** Returns the files that one directory of groups rests on. */
    static List<Path> of(DirectoryKind directory) {
        List<Path> files = new ArrayList<>();
        switch (directory) {
            case DirectoryKind.Graph graph -> {
                files.addAll(secretsOf(graph.credential()));
                graph.trustedCertificates().ifPresent(files::add);
            }
            case DirectoryKind.Okta okta -> {
                files.addAll(fileOf(okta.token()));
                okta.trustedCertificates().ifPresent(files::add);
            }
            case DirectoryKind.Scim scim -> files.addAll(fileOf(scim.token()));
        }
        return List.copyOf(files);
    }

    /** A projected token, and what a site is signed in to with, are read whenever they are needed. */
    private static List<Path> secretsOf(CredentialConfig credential) {
        List<Path> files = new ArrayList<>();
        credential.secrets().forEach(secret -> files.addAll(fileOf(secret)));
        certificateOf(credential).ifPresent(files::add);
        return files;
    }

    private static Optional<Path> certificateOf(CredentialConfig credential) {
        return switch (credential) {
            case CredentialConfig.ClientCertificate certificate -> Optional.of(certificate.file());
            case CredentialConfig.OnBehalfOf(CredentialConfig application) ->
                    certificateOf(application);
            case CredentialConfig.PassThrough(var _, Optional<CredentialConfig> own) ->
                    own.flatMap(WatchedFiles::certificateOf);
            case CredentialConfig.ManagedIdentity _,
                    CredentialConfig.WorkloadIdentity _,
                    CredentialConfig.ClientSecret _,
                    CredentialConfig.StaticBearer _,
                    CredentialConfig.OfSite _ ->
                    Optional.empty();
        };
    }

    private static List<Path> fileOf(SecretRef secret) {
        return switch (secret) {
            case SecretRef.EnvironmentVariable _, SecretRef.VaultSecret _ -> List.of();
            case SecretRef.SecretFile(Path path) -> List.of(path);
        };
    }
}
