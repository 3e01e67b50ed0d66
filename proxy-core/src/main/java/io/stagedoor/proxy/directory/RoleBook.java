package io.stagedoor.proxy.directory;

import io.stagedoor.policy.role.FetchedRole;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.proxy.directory.synapse.SynapseRoleApi;
import io.stagedoor.proxy.directory.synapse.WorkspaceReadException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the role definitions of one workspace: read daily, and sooner when an assignment names a
 * role that is not known.
 *
 * <p>The live list is used as it is when it can be read. Otherwise the last one read stays in use,
 * or the built-in roles if there is none, and the next refresh asks again: definitions change once
 * in years, so an old list is better than refusing everybody. Confined to the one refresh that runs
 * at a time; {@link #failure} and {@link #current} may be read by any thread.
 */
final class RoleBook {

    static final Duration KEPT = Duration.ofDays(1);
    static final Duration RETRY = Duration.ofMinutes(1);
    static final Duration UNKNOWN_ROLE_DISTANCE = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(RoleBook.class);

    private final String workspace;
    private final SynapseRoleApi api;
    private final InstantSource clock;
    private volatile Roles current = Roles.BUILT_IN;
    private volatile Optional<String> failure = Optional.empty();
    private Optional<Instant> askedAt = Optional.empty();

    RoleBook(String workspace, SynapseRoleApi api, InstantSource clock) {
        this.workspace = workspace;
        this.api = api;
        this.clock = clock;
    }

    /** Returns the definitions in use. */
    Roles current() {
        return current;
    }

    /** Returns why the last attempt to read them failed; empty if it did not. */
    Optional<String> failure() {
        return failure;
    }

    /** Returns the definitions to use with these assignments, reading them first if it is time. */
    synchronized Roles rolesFor(List<RoleAssignment> assignments) {
        if (isDue(assignments)) {
            askedAt = Optional.of(clock.instant());
            read();
        }
        return current;
    }

    private boolean isDue(List<RoleAssignment> assignments) {
        if (askedAt.isEmpty()) {
            return true;
        }
        Duration age = Duration.between(askedAt.get(), clock.instant());
        Duration limit = failure.isPresent() ? RETRY : KEPT;
        return age.compareTo(limit) >= 0
                || (age.compareTo(UNKNOWN_ROLE_DISTANCE) >= 0 && namesUnknown(assignments));
    }

    private boolean namesUnknown(List<RoleAssignment> assignments) {
        Set<String> known = new HashSet<>();
        current.definitions().forEach(role -> known.add(role.id()));
        return assignments.stream().anyMatch(a -> !known.contains(a.roleDefinitionId()));
    }

    private void read() {
        try {
            List<FetchedRole> live = api.definitions();
            List<String> differences = RoleDifferences.of(live);
            if (!differences.equals(current.differences())) {
                report(differences);
            }
            current =
                    new Roles(
                            live.stream().map(FetchedRole::definition).toList(),
                            Roles.Origin.LIVE,
                            differences);
            failure = Optional.empty();
        } catch (WorkspaceReadException problem) {
            failure = Optional.of(String.valueOf(problem.getMessage()));
            LOG.atWarn()
                    .addKeyValue("workspace", workspace)
                    .addKeyValue("reason", problem.getMessage())
                    .addKeyValue("using", current.origin())
                    .log("the role definitions could not be read");
        }
    }

    private void report(List<String> differences) {
        LOG.atWarn()
                .addKeyValue("workspace", workspace)
                .addKeyValue("differences", differences)
                .log("the live role definitions differ from the built-in ones");
    }
}
