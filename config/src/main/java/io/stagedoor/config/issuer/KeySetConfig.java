package io.stagedoor.config.issuer;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where an issuer's signing keys come from and how long they are believed.
 *
 * @param uri the key set, or nothing to find it by the issuer's discovery document (RFC 8414,
 *     OpenID Connect Discovery)
 * @param trustedCertificates the authorities that sign the issuer's TLS certificate, or nothing for
 *     those of the Java runtime
 * @param refreshInterval how often the set is fetched anew while all is well
 * @param coolDown the shortest time between two fetches because of an unknown key id
 * @param maxAge how long the last good set is used while it cannot be fetched
 */
public record KeySetConfig(
        Optional<URI> uri,
        Optional<Path> trustedCertificates,
        Duration refreshInterval,
        Duration coolDown,
        Duration maxAge) {

    /** Reads the section {@code issuers[].keys}. */
    public static Optional<KeySetConfig> read(Section in) {
        Setting<Optional<URI>> uri =
                in.optional("uri", NetKinds.httpsUri("https://login.example/keys"));
        Setting<Optional<Path>> trusted =
                in.optional("trusted_certificates", in.reading().files().certificates());
        Setting<Duration> refresh =
                in.optional(
                        "refresh_interval",
                        Kinds.duration(Duration.ofMinutes(1), Duration.ofDays(1)),
                        Duration.ofMinutes(15));
        Setting<Duration> coolDown =
                in.optional(
                        "cool_down",
                        Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
                        Duration.ofSeconds(30));
        Setting<Duration> maxAge =
                in.check(
                        "max_age",
                        in.optional(
                                "max_age",
                                Kinds.duration(Duration.ofMinutes(1), Duration.ofDays(7)),
                                Duration.ofDays(1)),
                        age -> !refresh.isGood() || age.compareTo(refresh.value()) > 0,
                        "the keys would expire before they are fetched again",
                        "make `max_age` longer than `refresh_interval`");
        return in.build(
                () ->
                        new KeySetConfig(
                                uri.value(),
                                trusted.value(),
                                refresh.value(),
                                coolDown.value(),
                                maxAge.value()));
    }
}
