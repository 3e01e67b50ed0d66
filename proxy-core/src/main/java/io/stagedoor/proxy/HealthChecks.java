package io.stagedoor.proxy;

import io.stagedoor.proxy.admin.ComponentHealth;
import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.TrailHealth;
import io.stagedoor.proxy.authn.TokenAuthenticator;
import io.stagedoor.proxy.authn.keys.KeySetStatus;
import io.stagedoor.proxy.credential.CredentialHealth;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.Directory;
import io.stagedoor.proxy.directory.DirectoryHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Asks the parts how they are, in words for the operator. Safe for any thread; waits for nothing. */
final class HealthChecks {

    private final AuditTrail trail;
    private final TokenAuthenticator authenticator;
    private final Directory directory;
    private final UpstreamCredentials credentials;

    HealthChecks(
            AuditTrail trail,
            TokenAuthenticator authenticator,
            Directory directory,
            UpstreamCredentials credentials) {
        this.trail = trail;
        this.authenticator = authenticator;
        this.directory = directory;
        this.credentials = credentials;
    }

    List<ComponentHealth> components() {
        List<ComponentHealth> components = new ArrayList<>();
        components.add(journal(trail.health()));
        authenticator.keySets().forEach(keys -> components.add(keySet(keys)));
        directory.health().forEach(workspace -> components.add(assignments(workspace)));
        credentials.health().forEach(credential -> components.add(credential(credential)));
        return components;
    }

    /** Returns whether requests can be decided: there are keys, and assignments are fresh. */
    boolean isReady() {
        return trail.health().status() != TrailHealth.Status.RED
                && authenticator.keySets().stream().anyMatch(KeySetStatus::usable)
                && directory.health().stream().allMatch(DirectoryHealth::isFresh);
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
                        + keys.loadedAt().map(at -> ", fetched " + at).orElse(", never fetched")
                        + keys.lastError().map(error -> "; last error: " + error).orElse("");
        return new ComponentHealth("keys " + keys.issuerName(), keys.usable(), detail);
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

    private static ComponentHealth credential(CredentialHealth health) {
        String detail =
                health.kind()
                        + health.usableUntil().map(until -> ", usable until " + until).orElse("")
                        + health.lastFailure().map(reason -> "; last error: " + reason).orElse("");
        return new ComponentHealth("credential " + health.upstream(), health.isUsable(), detail);
    }
}
