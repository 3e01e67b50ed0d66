package io.stagedoor.config.credential;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the credentials for all upstreams have in common.
 *
 * @param authority the directory that gives tokens, or nothing for that of each service's cloud
 * @param trustedCertificates the authorities that sign the certificates of directory and vaults, or
 *     nothing for those of the Java runtime
 * @param expiryWarning how long ahead of its expiry a secret or certificate is warned of
 * @param keyVault how secrets in vaults are read
 */
public record CredentialsConfig(
        Optional<URI> authority,
        Optional<Path> trustedCertificates,
        Duration expiryWarning,
        KeyVaultConfig keyVault) {

    /** Reads the section {@code credentials}. */
    public static Optional<CredentialsConfig> read(Section in) {
        Setting<Optional<URI>> authority =
                in.optional("authority", NetKinds.origin("https://login.contoso.example"));
        Setting<Optional<Path>> trusted =
                in.optional("trusted_certificates", in.reading().files().certificates());
        Setting<Duration> warning =
                in.optional(
                        "expiry_warning",
                        Kinds.duration(Duration.ZERO, Duration.ofDays(90)),
                        Duration.ofDays(14));
        Setting<KeyVaultConfig> vault = in.section("key_vault", KeyVaultConfig::read);
        return in.build(
                () ->
                        new CredentialsConfig(
                                authority.value(),
                                trusted.value(),
                                warning.value(),
                                vault.value()));
    }
}
