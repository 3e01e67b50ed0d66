package io.stagedoor.proxy;

import io.stagedoor.config.credential.CredentialsConfig;
import io.stagedoor.config.credential.KeyVaultConfig;
import io.stagedoor.config.directory.DirectoryKind;
import io.stagedoor.config.service.Cloud;
import io.stagedoor.config.service.CredentialConfig;
import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.config.value.SecretRef;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import io.stagedoor.proxy.credential.CredentialSource;
import io.stagedoor.proxy.credential.SecretSource;
import io.stagedoor.proxy.credential.TokenAuthority;
import io.stagedoor.proxy.credential.vault.VaultSecrets;
import io.stagedoor.proxy.credential.vault.VaultTimes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Puts the configuration of credentials into the words of their stage, and knows where secrets are
 * read. Lives as long as the proxy, and so does what it remembers of vaults; safe for any thread.
 */
final class CredentialTranslation implements AutoCloseable {

    private final CredentialsConfig config;
    private final Function<String, Optional<String>> environment;
    private final InstantSource clock;
    private final Optional<SSLContext> trust;
    private final VaultSecrets vaults;

    /**
     * Makes a translation.
     *
     * @param environment looks up environment variables
     * @throws IOException if the certificates to trust cannot be read
     */
    CredentialTranslation(
            CredentialsConfig config,
            Function<String, Optional<String>> environment,
            InstantSource clock)
            throws IOException {
        this.config = config;
        this.environment = environment;
        this.clock = clock;
        this.trust = trust(config.trustedCertificates());
        KeyVaultConfig vault = config.keyVault();
        this.vaults =
                VaultSecrets.of(
                        source(vault.credential(), vault.cloud()),
                        authority(vault.cloud(), vault.cloud().vaultScope()),
                        new VaultTimes(vault.refreshInterval(), vault.maxAge()),
                        clock);
    }

    private static Optional<SSLContext> trust(Optional<Path> certificates) throws IOException {
        return certificates.isPresent()
                ? Optional.of(TlsTrust.context(certificates))
                : Optional.empty();
    }

    CredentialSource source(ServiceConfig service) {
        return source(service.credential(), service.upstream().cloud());
    }

    CredentialSource source(DirectoryKind.Graph graph) {
        return source(graph.credential(), graph.cloud());
    }

    /** Returns how long ahead the operator is told that something expires. */
    ExpiryWarning expiryWarning() {
        return new ExpiryWarning(config.expiryWarning(), clock);
    }

    private CredentialSource source(CredentialConfig credential, Cloud cloud) {
        return switch (credential) {
            case CredentialConfig.ManagedIdentity(var clientId) ->
                    new CredentialSource.ManagedIdentity(clientId);
            case CredentialConfig.Application application -> application(application);
            case CredentialConfig.StaticBearer(SecretRef token) ->
                    new CredentialSource.StaticBearer(reveal(token));
            case CredentialConfig.OnBehalfOf(var application) ->
                    new CredentialSource.OnBehalfOf(
                            application(application), authorizationUri(cloud));
            case CredentialConfig.PassThrough(var _, var own) ->
                    new CredentialSource.PassThrough(own.map(each -> source(each, cloud)));
            case CredentialConfig.OfSite _ ->
                    throw new IllegalArgumentException("a Tableau site has sessions");
        };
    }

    private CredentialSource.Application application(CredentialConfig.Application application) {
        return switch (application) {
            case CredentialConfig.WorkloadIdentity(var tenant, var clientId, var file) ->
                    new CredentialSource.WorkloadIdentity(tenant, clientId, file);
            case CredentialConfig.ClientSecret app ->
                    new CredentialSource.ClientSecret(app.tenant(), app.clientId(), secretsOf(app));
            case CredentialConfig.ClientCertificate app ->
                    new CredentialSource.ClientCertificate(
                            app.tenant(),
                            app.clientId(),
                            app.file(),
                            app.password().map(this::secret),
                            app.sendChain());
        };
    }

    private List<SecretSource> secretsOf(CredentialConfig.ClientSecret app) {
        List<SecretSource> secrets = new ArrayList<>();
        SecretSource first = secret(app.secret());
        Optional<Instant> end = app.secretExpires().map(CredentialTranslation::start);
        secrets.add(end.<SecretSource>map(at -> new DatedSecret(first, at)).orElse(first));
        app.nextSecret().map(this::secret).ifPresent(secrets::add);
        return secrets;
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Returns where Entra's clients are sent to sign in: its services leave the tenant open. */
    static String authorizationUri(Cloud cloud) {
        return cloud.authorityHost() + "/common/oauth2/authorize";
    }

    /** Returns whom tokens for a service are asked from. */
    TokenAuthority authority(ServiceConfig service) {
        return authority(service.upstream().cloud(), Places.tokenScope(service));
    }

    /** Returns whom tokens for Microsoft Graph are asked from. */
    TokenAuthority authority(DirectoryKind.Graph graph) {
        return authority(graph.cloud(), graph.cloud().graphScope());
    }

    /** Only the clouds' own directories are on the list that an authority is looked up in. */
    private TokenAuthority authority(Cloud cloud, String scope) {
        URI host = config.authority().orElse(cloud.authorityHost());
        return new TokenAuthority(scope, Optional.of(host), trust, config.authority().isEmpty());
    }

    /** Returns what reads a secret whenever it is asked. */
    Supplier<String> reveal(SecretRef secret) {
        SecretSource source = secret(secret);
        return () -> source.read().text();
    }

    private SecretSource secret(SecretRef secret) {
        return switch (secret) {
            case SecretRef.Local local -> new LocalSecret(local, environment);
            case SecretRef.VaultSecret(URI vault, String name, Optional<String> version) ->
                    vaults.secret(vault, name, version);
        };
    }

    private record LocalSecret(
            SecretRef.Local secret, Function<String, Optional<String>> environment)
            implements SecretSource {

        @Override
        public String name() {
            return secret.toString();
        }

        @Override
        public Value read() {
            return new Value(secret.resolve(environment).reveal(), Optional.empty());
        }
    }

    /** A secret of which only the configuration knows when it expires. */
    private record DatedSecret(SecretSource secret, Instant expiresAt) implements SecretSource {

        @Override
        public String name() {
            return secret.name();
        }

        @Override
        public Value read() {
            Value read = secret.read();
            return read.expiresAt().isPresent()
                    ? read
                    : new Value(read.text(), Optional.of(expiresAt));
        }

        @Override
        public void refused() {
            secret.refused();
        }
    }

    @Override
    public void close() {
        vaults.close();
    }
}
