package io.stagedoor.config.credential;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.service.Cloud;
import io.stagedoor.config.service.CredentialConfig;
import io.stagedoor.config.value.SecretRef;
import java.time.Duration;
import java.util.Optional;

/**
 * How the secrets are read that are kept in Azure Key Vault.
 *
 * @param cloud the Azure cloud that the vaults are in
 * @param credential what they are entered with
 * @param refreshInterval after which age a secret is read again
 * @param maxAge up to which age it is used if its vault cannot be read
 */
public record KeyVaultConfig(
        Cloud cloud, CredentialConfig credential, Duration refreshInterval, Duration maxAge) {

    private static final CredentialConfig MACHINE =
            new CredentialConfig.ManagedIdentity(Optional.empty());

    static Optional<KeyVaultConfig> read(Section in) {
        Setting<Cloud> cloud = in.optional("cloud", Kinds.choice(Cloud.class), Cloud.PUBLIC);
        Setting<Optional<CredentialConfig>> credential =
                in.check(
                        "credential",
                        in.optionalOneOf("credential", CredentialConfig.ownChoices()),
                        one -> one.stream().noneMatch(KeyVaultConfig::isInVault),
                        "what opens the vaults cannot be kept in one",
                        "keep this secret in a file, or use a managed or workload identity");
        Setting<Duration> refresh =
                in.optional(
                        "refresh_interval",
                        Kinds.duration(Duration.ofSeconds(10), Duration.ofDays(1)),
                        Duration.ofMinutes(5));
        Setting<Duration> age =
                in.check(
                        "max_age",
                        in.optional(
                                "max_age",
                                Kinds.duration(Duration.ofMinutes(1), Duration.ofDays(30)),
                                Duration.ofDays(1)),
                        max -> !refresh.isGood() || max.compareTo(refresh.value()) > 0,
                        "secrets would be too old before they are read again",
                        "make `max_age` longer than `refresh_interval`");
        return in.build(
                () ->
                        new KeyVaultConfig(
                                cloud.value(),
                                credential.value().orElse(MACHINE),
                                refresh.value(),
                                age.value()));
    }

    private static boolean isInVault(CredentialConfig credential) {
        return credential.secrets().stream().anyMatch(SecretRef.VaultSecret.class::isInstance);
    }
}
