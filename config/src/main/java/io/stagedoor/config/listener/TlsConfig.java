package io.stagedoor.config.listener;

import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The listener's certificate and key. Both were readable PEM files when the configuration was
 * loaded; they may be replaced later by newer ones.
 *
 * @param certificate the certificate chain, the listener's own certificate first
 * @param privateKey its private key, PKCS #8, not encrypted
 */
public record TlsConfig(Path certificate, Path privateKey) {

    /** Reads the section {@code listener.tls}. */
    public static Optional<TlsConfig> read(Section in) {
        Setting<Path> certificate = in.required("certificate", in.reading().files().certificates());
        Setting<Path> key = in.required("private_key", in.reading().files().privateKey());
        return in.build(() -> new TlsConfig(certificate.value(), key.value()));
    }
}
