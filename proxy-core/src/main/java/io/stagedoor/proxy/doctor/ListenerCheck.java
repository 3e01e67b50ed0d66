package io.stagedoor.proxy.doctor;

import io.stagedoor.config.certificate.CertificatePair;
import io.stagedoor.config.listener.CertificateConfig;
import io.stagedoor.config.listener.TlsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Looks at the listener's certificates: days left, and whether each host has one.
 *
 * @param tls the certificates
 * @param hosts the host names of all workspaces
 * @param clock tells the time
 */
public record ListenerCheck(TlsConfig tls, Set<String> hosts, InstantSource clock)
        implements Check {

    private static final Duration SOON = Duration.ofDays(14);

    @Override
    public String subject() {
        return "listener";
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        tls.certificates().forEach(each -> findings.add(examine(each)));
        for (String host : tls.uncovered(hosts)) {
            findings.add(
                    Finding.fail(
                            subject(),
                            "no certificate is for the host `" + host + "`",
                            "have one issued with this subject alternative name; clients refuse"
                                    + " the others"));
        }
        return findings;
    }

    private Finding examine(CertificateConfig config) {
        String subject = "certificate " + nameOf(config.certificate());
        try {
            CertificatePair pair = config.load();
            Instant expiry = pair.expiresAt();
            long days = Duration.between(clock.instant(), expiry).toDays();
            if (!clock.instant().isBefore(expiry)) {
                return Finding.fail(
                        subject, "it expired at " + expiry, "replace it: clients refuse it");
            }
            return clock.instant().plus(SOON).isAfter(expiry)
                    ? Finding.warn(
                            subject,
                            "it has " + days + " days left",
                            "replace the files in time; they are taken up without a restart")
                    : Finding.ok(
                            subject, "it has " + days + " days left, and is for " + pair.names());
        } catch (IOException unusable) {
            return Finding.fail(
                    subject, "it cannot be used: " + unusable.getMessage(), "replace the files");
        }
    }

    private static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
