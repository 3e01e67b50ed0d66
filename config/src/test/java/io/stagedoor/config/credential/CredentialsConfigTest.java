package io.stagedoor.config.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.service.Cloud;
import io.stagedoor.config.service.CredentialConfig;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.value.SecretRef;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsConfigTest {

    private static final CredentialConfig MACHINE =
            new CredentialConfig.ManagedIdentity(Optional.empty());

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void credentialsHaveTheseKeys() {
        KeyTable.of(folder, () -> CredentialsConfig::read)
                .optional(
                        "authority",
                        CredentialsConfig::authority,
                        Optional.empty(),
                        "https://login.contoso.example",
                        Optional.of(URI.create("https://login.contoso.example")))
                .optional(
                        "trusted_certificates",
                        CredentialsConfig::trustedCertificates,
                        Optional.empty(),
                        "ca.pem",
                        Optional.of(folder.path("ca.pem")))
                .optional(
                        "expiry_warning",
                        CredentialsConfig::expiryWarning,
                        Duration.ofDays(14),
                        "30d",
                        Duration.ofDays(30))
                .optional(
                        "key_vault",
                        CredentialsConfig::keyVault,
                        new KeyVaultConfig(
                                Cloud.PUBLIC, MACHINE, Duration.ofMinutes(5), Duration.ofDays(1)),
                        "{cloud: china}",
                        new KeyVaultConfig(
                                Cloud.CHINA, MACHINE, Duration.ofMinutes(5), Duration.ofDays(1)))
                .verify();
    }

    @Test
    void keyVaultHasTheseKeys() {
        KeyTable.of(folder, () -> KeyVaultConfig::read)
                .optional(
                        "cloud",
                        KeyVaultConfig::cloud,
                        Cloud.PUBLIC,
                        "government",
                        Cloud.GOVERNMENT)
                .optional(
                        "credential",
                        KeyVaultConfig::credential,
                        MACHINE,
                        "{static_bearer: {token: env:T}}",
                        new CredentialConfig.StaticBearer(new SecretRef.EnvironmentVariable("T")))
                .optional(
                        "refresh_interval",
                        KeyVaultConfig::refreshInterval,
                        Duration.ofMinutes(5),
                        "1h",
                        Duration.ofHours(1))
                .optional(
                        "max_age",
                        KeyVaultConfig::maxAge,
                        Duration.ofDays(1),
                        "7d",
                        Duration.ofDays(7))
                .verify();
    }

    @Test
    void assertionHasTheseKeys() {
        KeyTable.of(folder, () -> AssertionConfig::read)
                .required(
                        "issuer",
                        "https://proxy.example",
                        AssertionConfig::issuer,
                        URI.create("https://proxy.example"))
                .optional(
                        "audience",
                        AssertionConfig::audience,
                        Optional.empty(),
                        "api://ws1",
                        Optional.of("api://ws1"))
                .optional(
                        "lifetime",
                        AssertionConfig::lifetime,
                        Duration.ofMinutes(1),
                        "5m",
                        Duration.ofMinutes(5))
                .optional(
                        "key",
                        AssertionConfig::key,
                        Optional.empty(),
                        "env:KEY",
                        Optional.of(new SecretRef.EnvironmentVariable("KEY")))
                .insteadOfThese("next_key")
                .verify();
    }

    @Test
    void aKeyMayHaveASuccessor() {
        var read =
                folder.read(
                        "issuer: https://proxy.example\nkey: env:KEY\nnext_key: env:NEXT\n",
                        AssertionConfig::read);

        assertThat(read.value().orElseThrow().nextKey())
                .contains(new SecretRef.EnvironmentVariable("NEXT"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {static_bearer: {token: 'keyvault:https://v.vault.azure.net/secrets/t'}} | credential: what opens the vaults cannot be kept in one
                    {on_behalf_of: {}}                                                       | unknown key `on_behalf_of` in credential
                    """)
    void vaultsAreEnteredWithWhatIsNotInThem(String credential, String problem) {
        assertThat(folder.problems("credential: " + credential, KeyVaultConfig::read))
                .anyMatch(found -> found.contains(problem));
    }

    @Test
    void secretsAreReadAgainBeforeTheyAreTooOld() {
        assertThat(folder.problems("{refresh_interval: 1h, max_age: 1h}", KeyVaultConfig::read))
                .anyMatch(found -> found.contains("secrets would be too old"));
    }

    @Test
    void aSuccessorNeedsAKeyThatItFollows() {
        assertThat(
                        folder.problems(
                                "{issuer: 'https://proxy.example', next_key: env:NEXT}",
                                AssertionConfig::read))
                .anyMatch(found -> found.contains("next_key: there is no key"));
    }
}
