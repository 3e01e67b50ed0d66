package io.stagedoor.proxy.doctor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says for each known client which audience its token will have, and whether a workspace's route and
 * some issuer accept it. Asks nobody.
 *
 * @param workspace the workspace's configured name
 * @param upstreamAudience the audience of the service itself, in the workspace's cloud
 * @param routeAudiences the audiences that the route accepts; empty for all of the issuers'
 * @param issuerAudiences the audiences that the issuers accept
 */
public record ClientsCheck(
        String workspace,
        String upstreamAudience,
        Set<String> routeAudiences,
        Set<String> issuerAudiences)
        implements Check {

    /** Clients that can only ask for the service's own audience. */
    private static final List<String> FIXED = List.of("az synapse", "Synapse SDK for Java");

    /** Clients that ask for the service's own audience unless told otherwise. */
    private static final List<String> SETTABLE =
            List.of(
                    "Synapse SDK for Python (`credential_scopes`)",
                    "Synapse SDK for JavaScript (`credentialScopes`)");

    /** Copies the sets. */
    public ClientsCheck {
        routeAudiences = Set.copyOf(routeAudiences);
        issuerAudiences = Set.copyOf(issuerAudiences);
    }

    @Override
    public String subject() {
        return "clients of " + workspace;
    }

    @Override
    public List<Finding> examine() {
        Set<String> accepted = accepted();
        Set<String> own = new HashSet<>(accepted);
        own.removeAll(upstreamForms());
        List<Finding> findings = new ArrayList<>();
        boolean upstream = !Collections.disjoint(accepted, upstreamForms());
        FIXED.forEach(client -> findings.add(fixed(client, upstream)));
        SETTABLE.forEach(client -> findings.add(settable(client, upstream, own)));
        if (upstream) {
            findings.add(
                    Finding.warn(
                            subject(),
                            "tokens for `"
                                    + upstreamAudience
                                    + "` are good at the workspace itself too, so nothing holds a"
                                    + " user here who has rights there",
                            "leave users without role assignments upstream: only the proxy's own"
                                    + " identity needs them; or close the workspace but for a"
                                    + " private endpoint"));
        }
        findings.add(
                Finding.warn(
                        subject(),
                        "Tableau clients send no bearer token of their own accord",
                        "give theirs an `Authorization` field (`http_options` of TSC); Tableau"
                                + " itself is not served yet"));
        return findings;
    }

    private Set<String> accepted() {
        Set<String> accepted = new TreeSet<>(issuerAudiences);
        if (!routeAudiences.isEmpty()) {
            accepted.retainAll(routeAudiences);
        }
        return accepted;
    }

    /** Entra keeps a slash at the end of what was asked for. */
    private Set<String> upstreamForms() {
        return Set.of(upstreamAudience, upstreamAudience + "/");
    }

    private Finding fixed(String client, boolean upstream) {
        String asks = client + " asks for `" + upstreamAudience + "`";
        return upstream
                ? Finding.ok(subject(), asks + ", which is accepted")
                : Finding.warn(
                        subject(),
                        asks + " whatever it is told, and that is not accepted",
                        "add this audience to an issuer and to the workspace's `audiences`, or do"
                                + " without this client");
    }

    private Finding settable(String client, boolean upstream, Set<String> own) {
        String asks = client + " asks for `" + upstreamAudience + "` unless told otherwise";
        if (upstream) {
            return Finding.ok(subject(), asks + ", which is accepted");
        }
        return own.isEmpty()
                ? Finding.fail(
                        subject(),
                        "no issuer gives a token that this workspace accepts",
                        "let `audiences` of the workspace and of an issuer have one in common")
                : Finding.ok(subject(), asks + "; have it ask for `" + own.iterator().next() + "`");
    }
}
