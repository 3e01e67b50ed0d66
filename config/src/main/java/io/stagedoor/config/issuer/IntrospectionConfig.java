package io.stagedoor.config.issuer;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.value.SecretRef;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an issuer is asked about its tokens (RFC 7662).
 *
 * @param uri the introspection endpoint
 * @param clientId as whom it is asked
 * @param clientSecret where the secret is
 * @param trustedCertificates the authorities that sign the endpoint's certificate, or nothing for
 *     those of the Java runtime
 * @param maxCacheAge how long a good answer is taken at most without asking again
 * @param timeout how long one answer may take
 */
public record IntrospectionConfig(
        URI uri,
        String clientId,
        SecretRef clientSecret,
        Optional<Path> trustedCertificates,
        Duration maxCacheAge,
        Duration timeout) {

    private static final Pattern CLIENT = Pattern.compile("[!-~]{1,256}");

    /** Reads the section {@code issuers[].introspection}. */
    static Optional<IntrospectionConfig> read(Section in) {
        Setting<URI> uri =
                in.required("uri", NetKinds.httpsUri("https://login.example/introspect"));
        Setting<String> client =
                in.required("client_id", Kinds.text("a client id", "stagedoor", CLIENT));
        Setting<SecretRef> secret = in.required("client_secret", in.reading().files().secret());
        Setting<Optional<Path>> trusted =
                in.optional("trusted_certificates", in.reading().files().certificates());
        Setting<Duration> age =
                in.optional(
                        "max_cache_age",
                        Kinds.duration(Duration.ZERO, Duration.ofMinutes(10)),
                        Duration.ofMinutes(1));
        Setting<Duration> timeout =
                in.optional(
                        "timeout",
                        Kinds.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
                        Duration.ofSeconds(5));
        return in.build(
                () ->
                        new IntrospectionConfig(
                                uri.value(),
                                client.value(),
                                secret.value(),
                                trusted.value(),
                                age.value(),
                                timeout.value()));
    }
}
