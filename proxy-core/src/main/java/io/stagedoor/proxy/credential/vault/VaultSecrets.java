package io.stagedoor.proxy.credential.vault;

import com.azure.core.http.HttpClient;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import io.stagedoor.proxy.credential.CredentialSource;
import io.stagedoor.proxy.credential.SecretSource;
import io.stagedoor.proxy.credential.TokenAuthority;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import java.net.URI;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The secrets of all vaults, each known once wherever it is used (<a
 * href="https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret">Get Secret</a>).
 *
 * <p>Nothing is read before it is asked for. Safe for any thread.
 */
public final class VaultSecrets implements AutoCloseable {

    private record Place(URI vault, String name, String version) {
        @Override
        public String toString() {
            return "keyvault:"
                    + vault
                    + "/secrets/"
                    + name
                    + (version.isEmpty() ? "" : "/" + version);
        }
    }

    private final UpstreamCredentials identity;
    private final HttpClient http;
    private final VaultTimes times;
    private final InstantSource clock;
    private final Map<URI, SecretClient> clients = new ConcurrentHashMap<>();
    private final Map<Place, VaultSecret> secrets = new ConcurrentHashMap<>();

    private VaultSecrets(
            UpstreamCredentials identity, HttpClient http, VaultTimes times, InstantSource clock) {
        this.identity = identity;
        this.http = http;
        this.times = times;
        this.clock = clock;
    }

    /**
     * Makes the secrets.
     *
     * @param source what the vaults are entered with
     * @param authority whom it asks for tokens, for the scope of vaults; its trust is that for the
     *     vaults as well
     */
    public static VaultSecrets of(
            CredentialSource source,
            TokenAuthority authority,
            VaultTimes times,
            InstantSource clock) {
        UpstreamCredentials identity =
                UpstreamCredentials.builder(clock)
                        .add(VaultIdentity.NAME, source, authority)
                        .build();
        return new VaultSecrets(identity, authority.httpClient(), times, clock);
    }

    /**
     * Returns a secret.
     *
     * @param vault scheme, host and perhaps port
     * @param version the version, or empty for the newest at each time
     */
    public SecretSource secret(URI vault, String name, Optional<String> version) {
        return secrets.computeIfAbsent(new Place(vault, name, version.orElse("")), this::secretAt);
    }

    private VaultSecret secretAt(Place place) {
        SecretClient client = clients.computeIfAbsent(place.vault(), this::client);
        return new VaultSecret(place.toString(), () -> read(client, place), times, clock);
    }

    /**
     * The client need not look what resource a challenge names: {@link VaultIdentity} gives tokens for
     * vaults alone, whatever is asked for.
     */
    private SecretClient client(URI vault) {
        return new SecretClientBuilder()
                .vaultUrl(vault.toString())
                .credential(new VaultIdentity(identity))
                .disableChallengeResourceVerification()
                .httpClient(http)
                .retryOptions(TokenAuthority.retries())
                .buildClient();
    }

    private static SecretSource.Value read(SecretClient client, Place place) {
        KeyVaultSecret secret =
                place.version().isEmpty()
                        ? client.getSecret(place.name())
                        : client.getSecret(place.name(), place.version());
        if (secret.getValue() == null || secret.getValue().isEmpty()) {
            throw new UnreadableSecretException("the vault's answer holds no secret");
        }
        return new SecretSource.Value(
                secret.getValue(),
                Optional.ofNullable(secret.getProperties().getExpiresOn())
                        .map(OffsetDateTime::toInstant));
    }

    @Override
    public void close() {
        identity.close();
    }
}
