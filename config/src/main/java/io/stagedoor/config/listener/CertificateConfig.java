package io.stagedoor.config.listener;

import io.stagedoor.config.certificate.CertificatePair;
import io.stagedoor.config.certificate.UnusableCertificateException;
import io.stagedoor.config.certificate.UnusableCertificateException.Blamed;
import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A certificate chain and its key. Both were readable PEM files that belong together when the
 * configuration was loaded; they may be replaced later by newer ones.
 *
 * @param certificate the certificate chain, the listener's own certificate first
 * @param privateKey its private key, PKCS #8, not encrypted
 */
public record CertificateConfig(Path certificate, Path privateKey) {

    private static final Duration WARNED_AHEAD = Duration.ofDays(14);
    private static final InstantSource CLOCK = InstantSource.system();

    /** Reads an entry of {@code listener.tls.certificates}. */
    public static Optional<CertificateConfig> read(Section in) {
        Setting<Path> certificate = in.required("certificate", certificates(in));
        Setting<Path> key = in.required("private_key", in.reading().files().privateKey());
        Setting<CertificateConfig> pair =
                checked(
                        in,
                        in.combine(
                                () -> new CertificateConfig(certificate.value(), key.value()),
                                List.of(certificate, key)));
        return in.build(pair::value);
    }

    static Kind<Path> certificates(Section in) {
        return in.reading().files().certificates();
    }

    /** Checks that the two belong together, and warns if they are about to expire. */
    static Setting<CertificateConfig> checked(Section in, Setting<CertificateConfig> pair) {
        if (!pair.isGood()) {
            return pair;
        }
        try {
            warnOfExpiry(in, pair.value().load().expiresAt());
            return pair;
        } catch (UnusableCertificateException e) {
            String key = e.blamed() == Blamed.CERTIFICATE ? "certificate" : "private_key";
            return in.refuse(
                    key, String.valueOf(e.getMessage()), "name a pair that belongs together");
        } catch (IOException e) {
            return in.refuse("certificate", String.valueOf(e.getMessage()), "check the file");
        }
    }

    private static void warnOfExpiry(Section in, Instant expiresAt) {
        Instant now = CLOCK.instant();
        if (!now.isBefore(expiresAt)) {
            in.warn("certificate", "it expired at " + expiresAt, "replace it: clients refuse it");
        } else if (now.plus(WARNED_AHEAD).isAfter(expiresAt)) {
            in.warn(
                    "certificate",
                    "it expires at " + expiresAt + ", in less than 14 days",
                    "replace the files in time; they are taken up without a restart");
        }
    }

    /**
     * Reads the pair as it is now. Blocks on the disk.
     *
     * @throws UnusableCertificateException if it cannot be used any more
     */
    public CertificatePair load() throws IOException {
        return CertificatePair.read(certificate, privateKey);
    }
}
