package io.stagedoor.proxy;

import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.credential.TokenUnavailableException;
import io.stagedoor.proxy.credential.tableau.TableauSessions;
import io.stagedoor.proxy.doctor.Check;
import io.stagedoor.proxy.doctor.Finding;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Whether the proxy can sign in to a Tableau site, as itself.
 *
 * @param config the site
 * @param sites makes its sessions
 */
record SiteCheck(ServiceConfig config, SiteMeans sites, InstantSource clock) implements Check {

    private static final String HELP =
            "check `credential`, `content_url` and `upstream`; Tableau's error numbers stand in its"
                    + " help under `Troubleshoot Connected Apps`";

    @Override
    public String subject() {
        return "credential of " + config.name();
    }

    @Override
    public List<Finding> examine() {
        try {
            Optional<TableauSessions> sessions = sites.sessions(config, clock);
            return sessions.map(this::signIn).map(List::of).orElse(List.of());
        } catch (IOException unreadable) {
            return List.of(
                    Finding.fail(
                            subject(),
                            String.valueOf(unreadable.getMessage()),
                            "check `upstream.trusted_certificates`"));
        }
    }

    private Finding signIn(TableauSessions opened) {
        try (TableauSessions sessions = opened) {
            var _ = sessions.acquire(CredentialDemand.ofProxy(config.name()));
            return Finding.ok(subject(), "signed in by " + sessions.health().kind());
        } catch (TokenUnavailableException none) {
            return Finding.unreachable(
                    subject(), "no session can be had: " + none.getMessage(), HELP);
        }
    }
}
