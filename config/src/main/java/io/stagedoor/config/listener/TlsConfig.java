package io.stagedoor.config.listener;

import io.stagedoor.config.certificate.CertificatePair;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the listener's connections are encrypted.
 *
 * @param certificates the pairs that it may show, at least one; the first is shown to clients that
 *     ask for no host name that any of them bears
 * @param clientCertificates whether clients show certificates of their own
 */
public record TlsConfig(
        List<CertificateConfig> certificates, ClientCertificatesConfig clientCertificates) {

    /** Copies the list. */
    public TlsConfig {
        certificates = List.copyOf(certificates);
    }

    /** Reads the section {@code listener.tls}. */
    public static Optional<TlsConfig> read(Section in) {
        Setting<Optional<CertificateConfig>> single = single(in);
        Setting<List<CertificateConfig>> several =
                in.sections("certificates", CertificateConfig::read, 0);
        Setting<ClientCertificatesConfig> clients =
                in.section("client_certificates", ClientCertificatesConfig::read);
        Setting<List<CertificateConfig>> all =
                in.check(
                        "certificate",
                        in.combine(
                                () -> joined(single.value(), several.value()),
                                List.of(single, several)),
                        list -> !list.isEmpty(),
                        "missing",
                        "add `certificate` and `private_key`, or a list `certificates:`");
        return in.build(() -> new TlsConfig(all.value(), clients.value()));
    }

    private static Setting<Optional<CertificateConfig>> single(Section in) {
        Setting<Optional<Path>> certificate =
                in.optional("certificate", CertificateConfig.certificates(in));
        Setting<Optional<Path>> key =
                in.check(
                        "private_key",
                        in.optional("private_key", in.reading().files().privateKey()),
                        path ->
                                !certificate.isGood()
                                        || path.isPresent() == certificate.value().isPresent(),
                        "`certificate` and `private_key` belong together",
                        "give both or neither");
        if (!certificate.isGood() || !key.isGood()) {
            return new Setting.Refused<>();
        }
        return certificate.value().isEmpty()
                ? certificate.map(_ -> Optional.empty())
                : CertificateConfig.checked(
                                in,
                                certificate.map(
                                        path ->
                                                new CertificateConfig(
                                                        path.orElseThrow(),
                                                        key.value().orElseThrow())))
                        .map(Optional::of);
    }

    private static List<CertificateConfig> joined(
            Optional<CertificateConfig> single, List<CertificateConfig> several) {
        return Stream.concat(single.stream(), several.stream()).toList();
    }

    /** Returns the hosts that no certificate is for; blocks on the disk. */
    public List<String> uncovered(Set<String> hosts) {
        List<CertificatePair> pairs = new ArrayList<>();
        for (CertificateConfig certificate : certificates) {
            try {
                pairs.add(certificate.load());
            } catch (IOException _) {
                return List.of(); // replaced this moment; the next look finds it
            }
        }
        return hosts.stream()
                .filter(host -> pairs.stream().noneMatch(pair -> pair.covers(host)))
                .sorted()
                .toList();
    }
}
