package io.stagedoor.proxy;

import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.credential.CredentialHealth;
import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.directory.Declared;
import io.stagedoor.proxy.directory.DirectoryHealth;
import io.stagedoor.proxy.directory.RefreshOutcome;
import io.stagedoor.proxy.directory.WorkspaceDirectory;
import io.stagedoor.proxy.doctor.Check;
import io.stagedoor.proxy.doctor.Finding;
import io.stagedoor.proxy.doctor.TokenGlance;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Obtains the token that a workspace is entered with, and reads its role assignments with it, both as
 * the running proxy does.
 *
 * @param config the workspace
 * @param declared what is declared
 * @param translation makes the parts
 * @param clock tells the time
 */
record WorkspaceCheck(
        ServiceConfig config, Declared declared, Translation translation, InstantSource clock)
        implements Check {

    @Override
    public String subject() {
        return "workspace " + config.name();
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        try (ServiceParts parts = ServiceParts.of(config, translation, clock)) {
            findings.add(token(parts));
            findings.addAll(expiring(parts));
            findings.addAll(assignments(parts));
        } catch (IOException unreadable) {
            findings.add(
                    Finding.fail(
                            subject(),
                            String.valueOf(unreadable.getMessage()),
                            "check `upstream.trusted_certificates`"));
        }
        return findings;
    }

    private Finding token(ServiceParts parts) {
        String subject = "credential of " + config.name();
        try {
            UpstreamCredential credential =
                    parts.credentials().credentialFor(CredentialDemand.ofProxy(config.name()));
            CredentialHealth health = parts.credentials().health().getFirst();
            return token(subject, health.kind(), credential);
        } catch (RefusedException unavailable) {
            CredentialHealth health = parts.credentials().health().getFirst();
            return Finding.unreachable(
                    subject,
                    "no token can be had by "
                            + health.kind()
                            + health.lastFailure().map(why -> ": " + why).orElse(""),
                    "check `credential`, and that the network leads to the directory");
        }
    }

    private List<Finding> expiring(ServiceParts parts) {
        ExpiryWarning warning = translation.credentials().expiryWarning();
        return parts.credentials().expiries().values().stream()
                .flatMap(List::stream)
                .filter(warning::isDue)
                .map(
                        each ->
                                Finding.warn(
                                        "credential of " + config.name(),
                                        "`" + each.secret() + "` expires at " + each.expiresAt(),
                                        "renew it; while it is changed, `next_secret` can name its"
                                                + " successor"))
                .toList();
    }

    private Finding token(String subject, String kind, UpstreamCredential credential) {
        Set<String> audiences = TokenGlance.audiencesOf(credential.value());
        String wanted = audience(config);
        boolean fits =
                audiences.isEmpty() || audiences.stream().anyMatch(each -> each.startsWith(wanted));
        String sentence =
                "a token by "
                        + kind
                        + ", usable until "
                        + credential.expiresAt()
                        + (audiences.isEmpty() ? "" : ", for " + audiences);
        return fits
                ? Finding.ok(subject, sentence)
                : Finding.warn(subject, sentence, "the workspace expects one for `" + wanted + "`");
    }

    /** Returns the audience of the service in the workspace's cloud. */
    static String audience(ServiceConfig config) {
        return config.upstream().cloud().tokenScope().replaceFirst("/\\.default$", "");
    }

    private List<Finding> assignments(ServiceParts parts) {
        String subject = "assignments of " + config.name();
        WorkspaceDirectory directory = parts.directory(declared);
        if (directory.refreshNow().join() instanceof RefreshOutcome.Failed failed) {
            return List.of(
                    Finding.unreachable(
                            subject,
                            "they cannot be read: " + failed.reason(),
                            "give the proxy's identity a role with"
                                    + " `roleAssignments/read`, such as Synapse Administrator"));
        }
        return read(subject, directory.health());
    }

    private static List<Finding> read(String subject, DirectoryHealth health) {
        List<Finding> findings = new ArrayList<>();
        health.snapshot().ifPresent(held -> judge(subject, held, findings));
        health.roles()
                .lastFailure()
                .ifPresent(
                        why ->
                                findings.add(
                                        Finding.warn(
                                                subject,
                                                "role definitions cannot be read: " + why,
                                                "the built-in ones are used in their place")));
        return findings;
    }

    private static void judge(
            String subject, DirectoryHealth.Content held, List<Finding> findings) {
        findings.add(
                held.assignments() == 0
                        ? Finding.warn(
                                subject,
                                "there are none, so nobody may do anything",
                                "assign roles, or check the proxy's right to see assignments")
                        : Finding.ok(subject, held.assignments() + " are known"));
        if (!held.unknownRoles().isEmpty()) {
            findings.add(
                    Finding.warn(
                            subject,
                            "assigned roles that are not known: " + held.unknownRoles(),
                            "these assignments grant nothing; look the ids up in the workspace"));
        }
        if (held.malformed() > 0) {
            findings.add(
                    Finding.warn(
                            subject,
                            held.malformed() + " grant nothing: " + held.malformedExamples(),
                            "assign them anew in the workspace"));
        }
    }
}
