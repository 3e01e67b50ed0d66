package io.stagedoor.proxy.directory;

import io.stagedoor.policy.decision.Guardrail;
import io.stagedoor.policy.decision.RunRule;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.NameFold;
import io.stagedoor.policy.scope.ScopeType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The id of a snapshot: a digest (SHA-256) of what it lets whom do.
 *
 * <p>Equal content has an equal id, whatever the order, the time, the process, or the line of a file
 * that an assignment was declared on; every text goes in with its length, so that no two contents
 * look alike.
 */
final class SnapshotDigest {

    private static final int ID_OCTETS = 12;

    private final List<String> lines = new ArrayList<>();

    SnapshotDigest assignments(Collection<RoleAssignment> assignments) {
        for (RoleAssignment a : assignments) {
            line(
                    "assignment",
                    a.id(),
                    a.roleDefinitionId(),
                    a.principal().toString(),
                    NameFold.fold(a.scope().text()));
        }
        return this;
    }

    SnapshotDigest definitions(Collection<RoleDefinition> definitions) {
        for (RoleDefinition role : definitions) {
            line(
                    "role",
                    role.id(),
                    role.name(),
                    role.actions().toString(),
                    sorted(role.assignableAt().stream().map(ScopeType::segment).toList()));
        }
        return this;
    }

    SnapshotDigest memberships(Map<PrincipalId, ? extends Collection<PrincipalId>> memberOf) {
        memberOf.forEach((member, groups) -> line("member", member.toString(), sortedIds(groups)));
        return this;
    }

    /** Takes in what another digest said. */
    SnapshotDigest digest(String id) {
        line("digest", id);
        return this;
    }

    SnapshotDigest guardrails(Collection<Guardrail> guardrails) {
        for (Guardrail rule : guardrails) {
            line(
                    "guardrail",
                    rule.name(),
                    sortedIds(rule.principals()),
                    sortedIds(rule.groups()),
                    sorted(rule.clientApplications().stream().map(NameFold::fold).toList()),
                    String.valueOf(rule.mayRead()),
                    sorted(rule.mayRun().stream().map(SnapshotDigest::text).toList()));
        }
        return this;
    }

    SnapshotDigest filtersLists(boolean narrowed) {
        if (narrowed) {
            line("lists", "filtered");
        }
        return this;
    }

    /** Returns the id: 24 hexadecimal digits. */
    String id() {
        MessageDigest digest = sha256();
        Collections.sort(lines);
        for (String line : lines) {
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        return HexFormat.of().formatHex(digest.digest(), 0, ID_OCTETS);
    }

    private void line(String... parts) {
        StringBuilder line = new StringBuilder(160);
        for (String part : parts) {
            line.append(part.length()).append(':').append(part).append(' ');
        }
        lines.add(line.toString());
    }

    private static String text(RunRule rule) {
        return rule.kind() + sorted(rule.names().stream().map(NameFold::fold).toList());
    }

    private static String sortedIds(Collection<PrincipalId> ids) {
        return sorted(ids.stream().map(PrincipalId::toString).toList());
    }

    private static String sorted(Collection<String> texts) {
        StringBuilder joined = new StringBuilder();
        new TreeSet<>(texts).forEach(text -> joined.append(text.length()).append(':').append(text));
        return joined.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
