package io.stagedoor.proxy.doctor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reaches an upstream by TLS, at each of its addresses, and compares clocks.
 *
 * @param workspace the workspace's configured name
 * @param uri its name
 * @param endpoints where it stands, if not there
 * @param trusted the authorities that sign its certificate; empty for the JVM's
 * @param clock tells the time
 */
public record UpstreamCheck(
        String workspace, URI uri, Set<URI> endpoints, Optional<Path> trusted, InstantSource clock)
        implements Check {

    /** What Entra tolerates, and so what an upstream may. */
    private static final Duration TOLERATED = Duration.ofMinutes(5);

    private static final Duration SOON = Duration.ofDays(7);

    @Override
    public String subject() {
        return "upstream " + workspace;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        Set<URI> addresses = endpoints.isEmpty() ? Set.of(uri) : endpoints;
        for (URI address : addresses) {
            examine(address, findings);
        }
        return findings;
    }

    private void examine(URI address, List<Finding> findings) {
        try {
            ServerProbe.Reply reply = new ServerProbe(uri, address, trusted).ask();
            findings.add(reached(address, reply));
            findings.add(
                    ClockJudgement.of("clock of " + workspace, reply, clock.instant(), TOLERATED));
        } catch (IOException unreachable) {
            findings.add(
                    Finding.unreachable(
                            subject(),
                            "`" + address + "` does not answer: " + unreachable.getMessage(),
                            "check `upstream.uri`, `upstream.trusted_certificates`, name"
                                    + " resolution and the workspace's firewall"));
        }
    }

    private Finding reached(URI address, ServerProbe.Reply reply) {
        Optional<Instant> expiry = reply.certificateExpiry();
        Instant soon = clock.instant().plus(SOON);
        if (expiry.filter(soon::isAfter).isPresent()) {
            return Finding.warn(
                    subject(),
                    "`" + address + "` answers, and its certificate expires at " + expiry.get(),
                    "tell who runs it");
        }
        return Finding.ok(
                subject(),
                "`"
                        + address
                        + "` answers"
                        + expiry.map(at -> " by TLS, certificate until " + at).orElse(" in plain"));
    }
}
