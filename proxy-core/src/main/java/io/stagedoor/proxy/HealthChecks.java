package io.stagedoor.proxy;

import io.stagedoor.proxy.admin.ComponentHealth;
import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.TrailHealth;
import io.stagedoor.proxy.authn.TokenAuthenticator;
import io.stagedoor.proxy.authn.keys.KeySetStatus;
import io.stagedoor.proxy.credential.CredentialHealth;
import io.stagedoor.proxy.credential.SecretExpiry;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.Directory;
import io.stagedoor.proxy.directory.DirectoryHealth;
import io.stagedoor.proxy.directory.groups.GroupHealth;
import io.stagedoor.proxy.exchange.Service;
import io.stagedoor.proxy.upstream.UpstreamHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the parts how they are, in words for the operator. Safe for any thread; waits for nothing. */
final class HealthChecks {

    private final AuditTrail trail;
    private final TokenAuthenticator authenticator;
    private final Directory directory;
    private final UpstreamCredentials credentials;
    private final Map<String, Service> services;
    private final ExpiryWarning warning;

    HealthChecks(
            AuditTrail trail,
            TokenAuthenticator authenticator,
            Directory directory,
            UpstreamCredentials credentials,
            Map<String, Service> services,
            ExpiryWarning warning) {
        this.trail = trail;
        this.authenticator = authenticator;
        this.directory = directory;
        this.credentials = credentials;
        this.services = services;
        this.warning = warning;
    }

    List<ComponentHealth> components() {
        List<ComponentHealth> components = new ArrayList<>();
        components.add(journal(trail.health()));
        authenticator.keySets().forEach(keys -> components.add(keySet(keys)));
        directory.health().forEach(workspace -> components.add(assignments(workspace)));
        directory.groupHealth().forEach(groups -> components.add(groups(groups)));
        Map<String, List<SecretExpiry>> expiries = credentials.expiries();
        credentials.health().forEach(each -> components.add(credential(each, expiries)));
        services.forEach(
                (workspace, service) ->
                        components.add(upstream(workspace, service.upstream().health())));
        return components;
    }

    /** Returns whether requests can be decided: there are keys, and assignments are fresh. */
    boolean isReady() {
        return trail.health().status() != TrailHealth.Status.RED
                && hasKeys()
                && directory.health().stream().allMatch(DirectoryHealth::isFresh);
    }

    /** Where the issuer is asked about every token, there are none to wait for. */
    private boolean hasKeys() {
        List<KeySetStatus> sets = authenticator.keySets();
        return sets.isEmpty() || sets.stream().anyMatch(KeySetStatus::usable);
    }

    private static ComponentHealth journal(TrailHealth health) {
        return new ComponentHealth(
                "journal",
                health.status() != TrailHealth.Status.RED,
                health.status().name().toLowerCase(Locale.ROOT) + ": " + health.reason());
    }

    private static ComponentHealth keySet(KeySetStatus keys) {
        String detail =
                keys.keys()
                        + " usable keys"
                        + leftOut(keys)
                        + keys.loadedAt().map(at -> ", fetched " + at).orElse(", never fetched")
                        + keys.lastError().map(error -> "; last error: " + error).orElse("");
        return new ComponentHealth("keys " + keys.issuerName(), keys.usable(), detail);
    }

    private static String leftOut(KeySetStatus keys) {
        return keys.ignored().isEmpty()
                ? ""
                : keys.ignored().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(left -> left.getValue() + " " + left.getKey().text())
                        .collect(Collectors.joining(", ", " (left out: ", ")"));
    }

    private static ComponentHealth assignments(DirectoryHealth health) {
        String detail =
                health.freshness().name().toLowerCase(Locale.ROOT)
                        + health.snapshot()
                                .map(held -> ", " + held.assignments() + " assignments")
                                .orElse("")
                        + health.age().map(age -> ", " + age.toSeconds() + " s old").orElse("")
                        + health.lastFailure().map(reason -> "; last error: " + reason).orElse("");
        return new ComponentHealth("assignments " + health.workspace(), health.isFresh(), detail);
    }

    private static ComponentHealth groups(GroupHealth health) {
        String detail =
                health.held()
                        + " principals known"
                        + health.answeredAt().map(at -> ", answered " + at).orElse("")
                        + health.lastFailure().map(reason -> "; last error: " + reason).orElse("")
                        + health.findings().stream()
                                .filter(finding -> !finding.good())
                                .map(finding -> "; " + finding.name() + ": " + finding.detail())
                                .collect(Collectors.joining());
        return new ComponentHealth("groups " + health.directory(), health.healthy(), detail);
    }

    private static ComponentHealth upstream(String workspace, UpstreamHealth health) {
        String detail =
                health.healthy()
                        + " of its addresses healthy, "
                        + health.ejected()
                        + " ejected, "
                        + health.down()
                        + " down; "
                        + health.inUse()
                        + " connections in use, "
                        + health.pending()
                        + " requests waiting"
                        + (health.circuitOpen() ? "; nothing is sent, since nothing answered" : "");
        return new ComponentHealth("upstream " + workspace, health.isWell(), detail);
    }

    private ComponentHealth credential(
            CredentialHealth health, Map<String, List<SecretExpiry>> expiries) {
        String detail =
                health.kind()
                        + health.usableUntil().map(until -> ", usable until " + until).orElse("")
                        + health.lastFailure().map(reason -> "; last error: " + reason).orElse("")
                        + warning.textOf(expiries.getOrDefault(health.upstream(), List.of()));
        return new ComponentHealth("credential " + health.upstream(), health.isUsable(), detail);
    }
}
