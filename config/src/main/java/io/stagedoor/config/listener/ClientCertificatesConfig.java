package io.stagedoor.config.listener;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether clients show certificates of their own, beside their tokens.
 *
 * @param mode whether they may or must
 * @param trustedAuthorities a PEM file with the authorities that sign them; there unless none is
 *     asked for
 */
public record ClientCertificatesConfig(Mode mode, Optional<Path> trustedAuthorities) {

    /** Whether clients show certificates. */
    public enum Mode {
        /** They are not asked. */
        NONE,
        /** They are asked; who shows none is served, who shows a bad one is not. */
        OPTIONAL,
        /** Who shows none is not served. */
        REQUIRED
    }

    /** Reads the section {@code listener.tls.client_certificates}. */
    public static Optional<ClientCertificatesConfig> read(Section in) {
        Setting<Mode> mode = in.optional("mode", Kinds.choice(Mode.class), Mode.NONE);
        Setting<Optional<Path>> authorities =
                in.check(
                        "trusted_authorities",
                        in.optional("trusted_authorities", in.reading().files().certificates()),
                        file -> !mode.isGood() || mode.value() == Mode.NONE || file.isPresent(),
                        "whose certificates are believed is missing",
                        "name the authorities that sign them: `trusted_authorities: clients.pem`");
        return in.build(() -> new ClientCertificatesConfig(mode.value(), authorities.value()));
    }
}
